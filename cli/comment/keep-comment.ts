import { type Ask, RefusedError } from "./ask.ts";
import type { Provider } from "./provider.ts";

/** What is to be said. */
export interface Comment {
  readonly markdown: string;
  /** Tells apart the comments of several jobs. */
  readonly key: string;
  /** Whether something blocks, or nothing was judged. */
  readonly isOpen: boolean;
  /** Whether a comment is created where nothing blocks; one that is there is updated in any case. */
  readonly createsClean: boolean;
}

/**
 * Creates or updates the one comment, and says what it did. It does not throw: a token may not be allowed to write, and the
 * check counts all the same.
 */
export async function keepComment(comment: Comment, provider: Provider, ask: Ask): Promise<string> {
  const { key, isOpen, createsClean } = comment;
  const mark = provider.mark(encodeURIComponent(key));
  const text = `${mark}\n${fitted(provider.shown(comment.markdown), provider.most - mark.length - 1)}`;
  try {
    const found = await provider.find(ask, mark);
    if (found === null && !isOpen && !createsClean) return "no comment: nothing blocks";
    if (found?.text.replaceAll("\r\n", "\n").trimEnd() === text.trimEnd()) return "the comment is up to date";
    if (found !== null && (await isUpdated(provider.update(ask, found.id, text, isOpen)))) return "updated the comment";
    await provider.create(ask, text, isOpen);
    return "created a comment";
  } catch (error) {
    if (!(error instanceof RefusedError)) return `no comment: the API of ${provider.name} did not answer`;
    const isForbidden = [401, 403, 404].includes(error.status);
    return `no comment: it could not be written (HTTP ${error.status}${isForbidden ? `; the token needs ${provider.needs}` : ""})`;
  }
}

/** Whether a comment was updated; not where it is of another app, or was deleted meanwhile. */
async function isUpdated(update: Promise<void>): Promise<boolean> {
  try {
    await update;
    return true;
  } catch (error) {
    if (error instanceof RefusedError && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}

/** Whole lines, as many as a comment holds. */
function fitted(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown;
  const rest = "\n\nThe rest stands in the log of the job.\n";
  const end = markdown.lastIndexOf("\n", most - rest.length);
  return `${markdown.slice(0, Math.max(end, 0))}${rest}`;
}
