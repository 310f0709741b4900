/**
 * Every expected error is a row here: its HTTP status and its sentence in both languages. `{name}` is filled
 * from `values`. A code is never reused for another meaning. docs/FAULTS.md is checked against this table.
 */
export const FAULTS = {
  'request.invalid': [400, '字段 {field} 无效：{reason}', 'Field {field} is not valid: {reason}.'],
  'request.notJson': [400, '请求体不是有效的 JSON', 'The body is not valid JSON.'],
  'request.tooLarge': [
    413,
    '请求体过大，上限 {limit} 字节',
    'The body is too large; the limit is {limit} bytes.',
  ],
  'request.unsupportedType': [415, '不支持的内容类型', 'This content type is not supported.'],
  'request.notFound': [404, '没有这个地址', 'There is nothing at this address.'],
  'request.tooMany': [429, '请求过于频繁，请稍后再试', 'Too many requests; try again later.'],
  'access.keyMissing': [401, '缺少来源密钥', 'The source key is missing.'],
  'access.keyWrong': [401, '来源密钥不正确', 'The source key is wrong.'],
  'access.adminKeyMissing': [401, '缺少管理密钥', 'The admin key is missing.'],
  'access.adminKeyWrong': [401, '管理密钥不正确', 'The admin key is wrong.'],
  'access.tooManyWrongKeys': [
    429,
    '错误密钥次数过多，请 {seconds} 秒后再试',
    'Too many wrong keys from this address; try again in {seconds} seconds.',
  ],
  'access.notPaired': [
    401,
    '此屏幕尚未配对，请按屏幕上的代码由管理员接入',
    'This screen is not paired: it shows a code, by which an administrator admits it.',
  ],
  'screens.tooManyWaiting': [
    429,
    '等待配对的屏幕过多，请稍后再试',
    'Too many screens are waiting; try again later.',
  ],
  'screens.pairingOver': [410, '配对代码已过期', 'This pairing code has run out.'],
  'screens.codeUnknown': [404, '没有屏幕显示此代码', 'No screen shows this code now.'],
  'screens.unknown': [404, '没有这块屏幕', 'There is no such screen.'],
  'layout.unknown': [404, '没有这个布局', 'There is no such layout.'],
  'layout.tooMany': [409, '布局数量已达上限 {most}', 'There are {most} layouts already; remove one first.'],
  'briefing.unknown': [404, '没有这份简报', 'There is no such briefing.'],
  'briefing.versionUnknown': [
    404,
    '这份简报没有第 {version} 版，最新为第 {newest} 版',
    'This briefing has no version {version}; the newest is {newest}.',
  ],
  'briefing.deleted': [
    410,
    '这份简报已删除；各版本仍保留，重新保存即可恢复',
    'This briefing was deleted; its versions are kept, and saving one of them brings it back.',
  ],
  'briefing.changed': [
    409,
    '他人已保存第 {newest} 版，您的修改基于第 {basedOn} 版，未保存',
    'Somebody else saved version {newest}; yours is based on version {basedOn} and was not saved.',
  ],
  'briefing.tooMany': [409, '简报数量已达上限 {most}', 'There are {most} briefings already.'],
  'note.unknown': [404, '没有这条备注', 'There is no such note.'],
  'note.tooMany': [
    409,
    '当天备注已达上限 {most} 条',
    'There are {most} notes on this day already; remove one first.',
  ],
  'incident.unknown': [404, '没有这起警情', 'There is no such incident now.'],
  'incident.ended': [409, '这起警情已经结束', 'This incident has ended.'],
  'ingest.time.future': [422, '时间晚于现在 5 分钟以上', 'The time lies more than 5 minutes in the future.'],
  'ingest.time.unreadable': [422, '时间无法识别：{value}', 'The time cannot be read: {value}.'],
  'ingest.position.outOfBounds': [422, '位置在城市范围之外', "The position lies outside the city's bounds."],
  'ingest.position.nullIsland': [422, '位置为 0/0', 'The position is 0/0.'],
  'ingest.position.notANumber': [422, '位置不是数字', 'The position is not a number.'],
  'ingest.position.tooFast': [
    422,
    '两点间速度超过 300 公里/小时',
    'The speed between this fix and the newest one is over 300 km/h.',
  ],
  'ingest.position.repeated': [422, '重复的位置', 'This fix was sent before.'],
  'ingest.position.notOnDuty': [
    422,
    '此人未上岗，位置不予保存',
    'This responder is not on duty; positions are kept only from check-in to check-out.',
  ],
  'ingest.device.unknown': [404, '未登记的设备：{device}', 'This device is not registered: {device}.'],
  'ingest.encrypted': [422, '不支持加密的负载', 'Encrypted payloads are not supported.'],
  'history.day.invalid': [400, '日期格式应为 YYYY-MM-DD', 'The day must be written YYYY-MM-DD.'],
  'history.minute.invalid': [400, '时间格式应为 HH:MM', 'The minute must be written HH:MM.'],
  'history.minute.notYet': [404, '这一分钟还没有历史记录', 'There is no history for this minute yet.'],
  'history.minute.gone': [
    410,
    '这一天的回放已按保留期限移除',
    'The replay of this day has been removed as it was set.',
  ],
  'history.known.gone': [
    410,
    '当时所知已随原始位置按保留期限移除',
    'What the wall knew then has been removed with the positions, as it was set.',
  ],
  'export.range.empty': [400, '结束时间必须晚于开始时间', 'The end must lie after the beginning.'],
  'export.range.tooLong': [
    413,
    '时间范围过长，最多 {hours} 小时',
    'The range is too long; {hours} hours are the most.',
  ],
  'export.range.forgotten': [
    410,
    '这段时间的原始位置已按保留期限移除',
    'The positions of this time have been removed as it was set.',
  ],
  'export.range.nothing': [404, '这段时间没有历史记录', 'There is no history in this range.'],
  'export.busy': [
    429,
    '正在生成其他文件，请等其中一个完成后再试',
    'Other files are being made; try again when one of them is done.',
  ],
  'export.player.notBuilt': [
    503,
    '离线播放器尚未生成，请稍后再试',
    'The player for files is not built yet; try again in a minute.',
  ],
  'post.unknown': [404, '没有这个岗：{post}', 'There is no such post: {post}.'],
  'responder.unknown': [404, '此人未在岗：{responder}', 'Nobody of this id is on duty: {responder}.'],
  'responder.notSeen': [
    409,
    '{responder} 在岗，但还没有位置',
    '{responder} is on duty, but no position has come yet.',
  ],
  'responder.notFresh': [
    409,
    '{responder} 的位置是 {seconds} 秒前的，超过 {limit} 秒，无法推算现在能到哪里',
    'The last position of {responder} is {seconds} s old; beyond {limit} s nobody can tell where they could be.',
  ],
  'reach.oneOfThree': [
    400,
    'at、responder、post 须给出其中一个，且只能一个',
    'Just one of at, responder and post must be given.',
  ],
  'reach.placeAtAnyTime': [
    400,
    '从一处地点出发，何时都一样，不能带时间',
    'From a place the same is reached at any time; leave t out.',
  ],
  'coverage.postAndPlace': [
    400,
    '假设移动一个岗，须同时给出 post 和 to',
    'To suppose that a post stands elsewhere, both post and to must be given.',
  ],
  'area.unknown': [404, '没有这个区域：{area}', 'There is no such area: {area}.'],
  'range.invalid': [
    400,
    '时间段须先起后止，且不超过 {hours} 小时',
    'The range must end after it begins, and be at most {hours} hours long.',
  ],
  'history.days.tooMany': [
    422,
    '一次最多 {most} 天',
    'There are too many days in this question; the limit is {most}.',
  ],
  'whatIf.tooManyIncidents': [
    422,
    '该时间段警情过多：上限 {most} 起，请缩短时间段',
    'There are too many incidents in the range; the limit is {most}. Choose a shorter one.',
  ],
  'whatIf.tooFewOffers': [
    422,
    '派单记录太少，无法推算：至少需要 {least} 次',
    'There are too few orders in the log to work this out; {least} are needed.',
  ],
  'server.unavailable': [503, '服务暂时不可用', 'The service is not available for the moment.'],
  'server.unexpected': [500, '服务器内部错误', 'An unexpected error; it was logged.'],
  'frame.magic': [422, '不是枫屏数据帧', 'These bytes are not a Maplewall frame.'],
  'frame.version': [422, '数据帧版本 {version} 无法读取', 'Frame version {version} cannot be read here.'],
  'frame.truncated': [422, '数据帧不完整', 'The frame ends too early.'],
  'frame.malformed': [422, '数据帧损坏：{reason}', 'The frame is malformed: {reason}.'],
  'frame.outOfOrder': [409, '数据帧不连续', 'This frame does not follow the last one.'],
  'city.file.missing': [500, '城市包缺少文件 {file}', 'The city pack lacks the file {file}.'],
  'city.file.invalid': [
    500,
    '城市包文件 {file} 有误：{field} {reason}',
    'City pack file {file}, {field}: {reason}.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type FaultCode = keyof typeof FAULTS;

/** The sentences of those faults that may concern the whole, where there is no field to name. */
export const FAULTS_OF_THE_WHOLE: Readonly<Partial<Record<FaultCode, readonly [string, string]>>> = {
  'request.invalid': ['整体无效：{reason}', 'Not valid as a whole: {reason}.'],
  'city.file.invalid': ['城市包文件 {file} 有误：{reason}', 'City pack file {file} {reason}.'],
};

/** An expected error as a value: which rule, which field, and what fills the sentence. */
export interface Fault {
  readonly code: FaultCode;
  /** Dotted path of the field that is wrong, '' where it is the whole. */
  readonly field: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (
  code: FaultCode,
  field = '',
  values: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly fault: Fault } => ({ ok: false, fault: fault(code, field, values) });

export const fault = (
  code: FaultCode,
  field = '',
  values: Readonly<Record<string, string | number>> = {},
): Fault => ({ code, field, values });

/** The sentence for the person, in zh-CN or en. */
export function faultSentence(given: Fault, language: 'zh-CN' | 'en'): string {
  const [, zh, en] = FAULTS[given.code];
  const [zhWords, enWords]: readonly [string, string] = (given.field === ''
    ? FAULTS_OF_THE_WHOLE[given.code]
    : undefined) ?? [zh, en];
  const template = language === 'en' ? enWords : zhWords;
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'field' ? given.field : String(given.values[name] ?? ''),
  );
}

export const faultStatus = (given: Fault): number => FAULTS[given.code][0];
