/** The address of a policy on the page that explains all of them: at the anchor of its id, which no new title changes. */
export function policyPage(pages: string, id: string): string {
  return `${pages}#${id.toLowerCase()}`;
}
