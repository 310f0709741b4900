/** What briefings say beside the words of all screens: captions of chapters. The morning report says the same. */
export const briefingZhCN = {
  title: '{day} 日报',
  choosing: '正在挑选这一天的要点……',
  noChapters: '{day} 没有可讲的要点',
  replayGone: '{day} 的回放已按保留期限移除，没有要点可讲',
  duration: {
    seconds: '{count} 秒',
    minutes: '{count} 分',
    minutesSeconds: '{minutes} 分 {seconds} 秒',
    hours: '{hours} 小时 {minutes} 分',
  },
  kinds: {
    slowestArrival: '最慢首达',
    volunteerHelp: '志愿者及时到场',
    cluster: '警情最密集',
    busiestHour: '最忙一小时',
    coverageHole: '覆盖最久的空当',
    longestOpen: '处置最久',
    largestTurnout: '出动最多',
    mostRefusals: '最难派出的单',
    silence: '数据最久的中断',
  },
  captions: {
    slowestArrival:
      '{place}，{priority}{category}警情，{arrival}后才有人到场；当日中位 {medianArrival}（样本 {medianArrivalSample}）。',
    volunteerHelp:
      '{place}，{priority}{category}警情，{responder}最先到场，用时 {arrival}；当日志愿者半分钟内首达 {incidents} 起。',
    cluster:
      '{place}一带 {radius} 米内，{spanMinutes}里接到 {incidents} 起警情（当日共 {incidentsSample} 起）。',
    busiestHour:
      '一小时 {incidents} 起，平常同一星期日中位 {usual} 起，上沿 {usualHigh} 起（样本 {usualSample} 天）。',
    coverageHole:
      '半分钟圈覆盖连续 {minutes}偏低，最低 {lowest}；当日中位 {medianCoverage}（样本 {medianCoverageSample} 分钟）。',
    longestOpen:
      '{place}，{priority}{category}警情，处置 {open}；当日中位 {medianOpen}（样本 {medianOpenSample}）。',
    largestTurnout: '{place}，{priority}{category}警情，{people} 人到场，首达 {arrival}。',
    mostRefusals: '{place}，{priority}{category}警情，{refusals} 份派单被谢绝或无人应答。',
    silence: '连续 {minutes}没有任何记录（当日有记录 {minutesSample} 分钟）。',
  },
  responder: { volunteer: '志愿者', sentry: '岗哨员', officer: '民警', gridWorker: '网格员' },
  expected: '当时预计 {expected}。',
};

export type BriefingMessages = typeof briefingZhCN;
