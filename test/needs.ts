/** Whether the tests run as root, whom no permission of a file holds back. */
export const isRoot = process.getuid?.() === 0;

/**
 * The options of a test or a group that cannot run everywhere, as `it("...", unless(canRun, "need Chromium"), ...)`. The
 * last lines of a run count what was skipped for each reason.
 */
export function unless(canRun: boolean, needs: string): { skip?: true; meta?: { needs: string } } {
  return canRun ? {} : { skip: true, meta: { needs } };
}
