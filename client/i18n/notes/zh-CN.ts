export const notesZhCN = {
  key: '管理密钥（仅保留在此标签页）',
  enter: '开始写备注',
  at: '在 {time} 处写备注',
  add: '添加',
  none: '当天还没有备注',
  text: '备注内容',
  change: '修改',
  keep: '保存',
  leave: '取消',
  remove: '删除',
};
