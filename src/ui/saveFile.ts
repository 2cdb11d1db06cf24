/** Hands a file to the browser's downloads. */
export function saveFile(name: string, contents: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([contents], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // Some browsers read it only after the click has returned.
}

/** Leaves of a name what every file system takes. */
export const fileNameOf = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '_');
