/** A file to take away. Its size is known before anybody downloads it. */
export interface ExportFile {
  readonly name: string;
  /** What it is and what reads it, for people. */
  readonly doc: string;
  readonly sizeBytes: number;
  /** Files that lie in the browser's storage are read when they are wanted. Rejects with a sentence to show if one is gone. */
  readonly read: () => Contents | Promise<Contents>;
}

type Contents = Uint8Array<ArrayBuffer>;

export const fileOf = (name: string, contents: Contents, doc: string): ExportFile => ({
  name,
  doc,
  sizeBytes: contents.length,
  read: () => contents,
});

export const textFile = (name: string, text: string, doc: string): ExportFile =>
  fileOf(name, new TextEncoder().encode(text), doc);

export const jsonFile = (name: string, value: unknown, doc: string): ExportFile =>
  textFile(name, `${JSON.stringify(value, null, 2)}\n`, doc);
