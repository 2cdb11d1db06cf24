/** The same answer with these headers. One that scripts may not look into (a redirect, another site's) is returned as it is. */
export function withHeaders(response: Response, added: Readonly<Record<string, string>>): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
