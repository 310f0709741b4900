import { asOfWord, chartsPart, figuresPart, titlePart } from './first-page.ts';
import { FontBook } from './font-book.ts';
import { lacksPart, listPart } from './later-pages.ts';
import { Paper } from './paper.ts';
import type { ReportData } from './report-data.ts';
import { ReportWords } from './report-words.ts';
import { everyWord, type ReportLanguage } from './say.ts';
import { chaptersPart, scenesOf } from './scenes/chapters-part.ts';

/** The morning report of a day as a PDF of a few A4 pages. */
export async function reportPdf(data: ReportData, language: ReportLanguage): Promise<Buffer> {
  const words = new ReportWords(language, data.city.timeZone);
  const { city, day, chapters, incidents } = data;
  const name = words.name(city.name);
  const scenes = scenesOf(data, words);
  const fonts = await FontBook.open([
    everyWord(language),
    name,
    words.weekday(day.startsAt),
    ...city.precincts.map((precinct) => words.name(precinct.name)),
    ...incidents.map(({ place }) => place),
    ...chapters.chapters.map(({ incident }) => incident?.place ?? ''),
    ...scenes.names,
    '–—…·“”',
  ]);
  const title = `${words.say('report.title')} ${name} ${day.day}`;
  const paper = new Paper(fonts, { title, language });
  titlePart(paper, data, words);
  figuresPart(paper, data, words);
  chartsPart(paper, data, words);
  chaptersPart(paper, data, scenes, words);
  lacksPart(paper, data, words);
  listPart(paper, data, words);
  const mode = words.modeWord(data);
  const left = [name, day.day, asOfWord(chapters.asOf, words), mode]
    .filter((word) => word !== '')
    .join(' · ');
  return paper.bytes((page, pages) => [left, words.say('report.page', { page, pages })]);
}
