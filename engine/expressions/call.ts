import type { Context, Evaluate } from "./context.ts";
import { convert } from "./convert.ts";
import { collectionFunctions } from "./functions/collections.ts";
import { conversionFunctions } from "./functions/conversions.ts";
import { dateFunctions } from "./functions/dates.ts";
import { apply, type FunctionDefinition, str } from "./functions/define.ts";
import { encodingFunctions } from "./functions/encoding.ts";
import { fileHashes, hashFunctions } from "./functions/hashes.ts";
import { mapFunctions } from "./functions/maps.ts";
import { numberFunctions } from "./functions/numbers.ts";
import { setFunctions } from "./functions/sets.ts";
import { replaceText, stringFunctions } from "./functions/strings.ts";
import { libraryFunction, libraryNames } from "./libraries.ts";
import type { Expression } from "./syntax.ts";
import { bool, EvaluationError, hole, holeOf, list, markedBy, nothing, text, type Value } from "./value.ts";
import { stepsOf, weightOf } from "./weight.ts";

const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  Object.entries({
    ...stringFunctions,
    ...collectionFunctions,
    ...mapFunctions,
    ...setFunctions,
    ...numberFunctions,
    ...encodingFunctions,
    ...hashFunctions,
    ...dateFunctions,
    ...conversionFunctions,
  }),
);

/** All functions that are worked out. */
export function functionNames(): string[] {
  return [...functions.keys(), ...libraryNames(), ...Object.keys(specials), ...Object.keys(fileHashes), "try", "can"];
}

type Call = Expression & { readonly kind: "call" };

/** @throws EvaluationError where Terraform has an error */
export function callFunction(call: Call, context: Context, evaluate: Evaluate): Value {
  const name = call.name.replace(/^core::/, "");
  if (name === "try") return tried(call, context, evaluate);
  if (name === "can") return can(call, context, evaluate);
  const args = argumentsOf(call, context, evaluate);
  if (args === null)
    return holeOf(
      "dynamic",
      call.arguments.map((each) => evaluate(each, context)),
    );
  const special = Object.hasOwn(specials, name) ? specials[name] : undefined;
  if (special !== undefined) return special(args, context, evaluate);
  const definition = ownReplace(name, args) ?? functions.get(name) ?? libraryFunction(name);
  if (definition !== null) {
    // To see whether all of it is known it goes through all.
    if (!definition.takesHoles) for (const each of args) context.environment.budget.steps -= stepsOf(weightOf(each));
    return apply(definition, args);
  }
  const hash = Object.hasOwn(fileHashes, name) ? fileHashes[name] : undefined;
  if (hash !== undefined) return fromFile(args, context, (content) => text(hash(content)));
  return holeOf("dynamic", args, reasonFor(name));
}

/** Only a search between slashes is a regular expression. */
function ownReplace(name: string, [, search]: readonly Value[]): FunctionDefinition | null {
  const isText = name === "replace" && search?.kind === "string" && !/^\/.*\/$/s.test(search.value);
  return isText ? replaceText : null;
}

function reasonFor(name: string): string {
  if (name.includes("::")) return `only the provider can work out ${name}`;
  if (atApply.has(name)) return `${name} gives another value with each run`;
  if (byPlace.has(name)) return "where Terraform runs is not in the plan";
  return `plimsoll does not work out the function ${name}`;
}

const byPlace = new Set(["abspath", "pathexpand"]);

const atApply = new Set(["bcrypt", "plantimestamp", "timestamp", "uuid"]);

/** Null where how many arguments there are is not known. */
function argumentsOf(call: Call, context: Context, evaluate: Evaluate): Value[] | null {
  const args = call.arguments.map((each) => evaluate(each, context));
  const last = args.at(-1);
  if (!call.isExpanded || last === undefined) return args;
  if (last.kind === "hole") return null;
  if (last.kind !== "sequence") throw new EvaluationError("a list of arguments required");
  return [...args.slice(0, -1), ...last.elements.map((each) => markedBy(each, last.sensitive === true ? [last] : []))];
}

/** The first argument without an error; where a hole may still be one, nothing is known. */
function tried(call: Call, context: Context, evaluate: Evaluate): Value {
  const { budget } = context.environment;
  for (const each of call.arguments) {
    const { risks } = budget;
    try {
      const value = evaluate(each, context);
      return budget.risks === risks ? value : holeOf("dynamic", [value]);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      budget.risks = risks;
    }
  }
  throw new EvaluationError("all arguments have errors");
}

function can(call: Call, context: Context, evaluate: Evaluate): Value {
  const [only] = call.arguments;
  if (only === undefined) throw new EvaluationError("an argument is missing");
  const { budget } = context.environment;
  const { risks } = budget;
  try {
    const value = evaluate(only, context);
    return budget.risks === risks ? bool(true) : holeOf("bool", [value]);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    budget.risks = risks;
    return bool(false);
  }
}

type Special = (args: readonly Value[], context: Context, evaluate: Evaluate) => Value;

const specials: Readonly<Record<string, Special>> = {
  basename: ([path]) =>
    onPath(path, (value) => value.replace(/\/+$/, "").split("/").at(-1) || (value === "" ? "." : "/")),
  dirname: ([path]) => onPath(path, directoryOf),
  file: (args, context) => fromFile(args, context, text),
  fileexists: ([path], context) => {
    if (path?.kind !== "string") return holeOf("bool", path === undefined ? [] : [path]);
    return context.environment.file(path.value) === null
      ? holeOf("bool", [], "a file beside the configuration cannot be read")
      : bool(true);
  },
  fileset: ([directory = nothing, pattern = nothing], { environment }) => {
    const folder = convert(directory, "string");
    if (folder.kind !== "string" || pattern.kind !== "string") return holeOf("dynamic", [folder, pattern]);
    // What the pattern itself names is where to look.
    const below = /^(?:[^*?[\]{}\\/]+\/)*/.exec(pattern.value)?.[0] ?? "";
    const files = environment.filesIn(`${folder.value}/${below}`);
    const definition = libraryFunction("fileset");
    if (files === null || definition === null)
      return holeOf("dynamic", [], "the files of a folder beside the configuration are unknown");
    const paths = files.map((file) => text(`${below.replace(/^(?:\.\/)+/, "")}${file}`));
    return markedBy(apply(definition, [list(paths, "string"), pattern]), [folder]);
  },
  templatefile: (args, context, evaluate) =>
    fromFile(args, context, (content) => template(content, args[1], context, evaluate)),
  templatestring: (args, context, evaluate) => {
    const [source] = args;
    return source?.kind === "string"
      ? markedBy(template(source.value, args[1], context, evaluate), [source])
      : holeOf("string", args);
  },
};

function onPath(path: Value | undefined, change: (value: string) => string): Value {
  if (path === undefined) throw new EvaluationError("a path required");
  const value = convert(path, "string");
  return value.kind === "string" ? markedBy(text(change(value.value)), [value]) : holeOf("string", [value]);
}

/** Source: `path.Dir` of Go. */
function directoryOf(path: string): string {
  const end = path.lastIndexOf("/");
  const parts: string[] = [];
  for (const part of path.slice(0, end + 1).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !path.startsWith("/")) parts.push(part);
  }
  const joined = parts.join("/");
  return path.startsWith("/") ? `/${joined}` : joined === "" ? "." : joined;
}

function fromFile(args: readonly Value[], { environment }: Context, use: (content: string) => Value): Value {
  const path = convert(args[0] ?? text(""), "string");
  if (path.kind === "hole") return holeOf("dynamic", args);
  const content = environment.file(str(path));
  environment.budget.steps -= stepsOf(content?.length ?? 0);
  if (content === null) return holeOf("string", args, "a file beside the configuration cannot be read");
  return markedBy(use(content), [path]);
}

/** A template with names of its own, which may call all functions but the one that it stands in. */
function template(content: string, names: Value | undefined, context: Context, evaluate: Evaluate): Value {
  if (names === undefined || (names.kind !== "mapping" && names.kind !== "hole"))
    throw new EvaluationError("names for the template required");
  if (names.kind === "hole") return holeOf("string", [names]);
  const isNested = context.environment.budget.depth > mostTemplates;
  if (isNested) return hole("string", { reason: "templates within templates" });
  const environment = { ...context.environment, resolve: noName };
  const own = new Map(
    [...names.entries].map(([name, value]) => [name, markedBy(value, names.sensitive === true ? [names] : [])]),
  );
  // Terraform's parser leaves out what marks the order of bytes.
  const written = content.replace(/^\uFEFF/, "");
  return evaluate(environment.template(written, 1), { environment, names: own, item: null });
}

function noName(): never {
  throw new EvaluationError("a template names what it was not given");
}

const mostTemplates = 300;
