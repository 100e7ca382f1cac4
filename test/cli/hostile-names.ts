/** What a name may hold that somebody obeys or nobody sees, each with how a message shows it. */
export const hostileParts: readonly (readonly [part: string, shown: string])[] = [
  ["\u001b[31m", "\\u001b[31m"],
  ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["\u009b2J", "\\u009b2J"],
  ["\n::error::done", "\\u000a::error::done"],
  ["\r\n::stop-commands::x", "\\u000d\\u000a::stop-commands::x"],
  ["\n##[error]done", "\\u000a\\u0023#[error]done"],
  ["\u2028::warning::x", "\\u2028::warning::x"],
  ["\u202egpj", "\\u202egpj"],
  ["\u2066x\u2069", "\\u2066x\\u2069"],
  ["\u200b\u2060\ufeff\u00ad", "\\u200b\\u2060\\ufeff\\u00ad"],
  ["\u{e0001}\u{e0041}\u{e007f}", "\\udb40\\udc01\\udb40\\udc41\\udb40\\udc7f"],
  ["\u{e0100}\ufe0f", "\\udb40\\udd00\\ufe0f"],
  ["\ud800", "\\ud800"],
];

/** Characters that no output of the command may hold, whatever it is about; line ends are its own. */
export const obeyed =
  /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\u{e0000}-\u{e0fff}]/u;
