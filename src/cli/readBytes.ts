import { readFile } from 'node:fs/promises';

/** The contents of a file or of an address on the web. Rejects with a sentence. */
export async function readBytes(source: string): Promise<Buffer> {
  try {
    if (!/^https?:\/\//.test(source)) return await readFile(source);
    const response = await fetch(source);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${source} cannot be read: ${(error as Error).message}.`);
  }
}
