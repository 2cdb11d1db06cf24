/** In hexadecimal digits. */
export async function sha256(contents: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', contents));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
