/** A value that a text gives a name: in a script, a configuration file, YAML, JSON or a query. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

const name = "[A-Za-z_][\\w.-]{0,100}";
const value = `("(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s"';&|,)}\\]]+)`;

/**
 * `NAME=value`, `name: value`, `"name": "value"`, `--name value`, and `name: X` with `value: Y` beside it, as lists of
 * variables are written. Each starts where a word starts, so that the time is in proportion to the text.
 */
const forms: readonly RegExp[] = [
  new RegExp(`(?<![\\w.])-{0,2}(?<name>${name})["']?(?:\\s{0,9}=\\s{0,9}|:[ \\t]{1,9}|:(?=["']))${value}`, "g"),
  // A text on the lines that follow, as YAML has it.
  new RegExp(`(?<![\\w.])(?<name>${name})["']?:[ \\t]{1,9}[|>][-+\\d]{0,3}[ \\t]{0,9}\\r?\\n([^\\n]+)`, "g"),
  new RegExp(`(?<![\\w-])--(?<name>[A-Za-z][\\w-]{0,100})[ \\t]{1,9}${value}`, "g"),
  new RegExp(
    `(?<!\\w)["']?(?:name|key)["']?\\s{0,9}[:=]\\s{0,9}["']?(?<name>${name})["']?[\\s,]{1,99}["']?value["']?\\s{0,9}[:=]\\s{0,9}${value}`,
    "gi",
  ),
  new RegExp(
    `(?<!\\w)["']?value["']?\\s{0,9}[:=]\\s{0,9}${value}[\\s,]{1,99}["']?(?:name|key)["']?\\s{0,9}[:=]\\s{0,9}["']?(?<name>${name})`,
    "gi",
  ),
];

/** The values that a text gives to names; what a variable or a command puts in later is none. */
export function assignmentsIn(text: string): Assignment[] {
  return forms.flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => {
      const named = match.groups?.["name"];
      const written = match.slice(1).find((part) => part !== undefined && part !== named);
      const given = (written ?? named ?? "").replace(/^(["'])(.*)\1$/s, "$2");
      return named === undefined || named.endsWith("-stdin") || isPutInLater(given)
        ? []
        : [{ name: named, value: given }];
    }),
  );
}

/** `$NAME`, `${NAME}`, `$(command)`, `{{ name }}`. */
function isPutInLater(text: string): boolean {
  return /^(?:\$[A-Za-z_{(]|\{\{|`)/.test(text) || text === "";
}
