import { readFile } from 'node:fs/promises';
import { extractText, getDocumentProxy } from 'unpdf';

/** The text of each page of a PDF, white space made one blank. */
export async function pdfText(file: string): Promise<readonly string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await readFile(file))));
  return text.map((page) => page.replaceAll(/\s+/g, ' '));
}
