import { PlanError, showCommand } from "./errors.ts";
import { isJsonObject, ownMember } from "./json.ts";

/** The JSON of a plan, and what had to be mended to read it. */
export interface Decoded {
  readonly json: unknown;
  readonly warnings: readonly string[];
}

/**
 * Reads the bytes of `terraform show -json <plan file>`: UTF-8 or UTF-16 with or without a byte order mark, with or
 * without the lines that CI wrappers print around the JSON.
 * @throws PlanError that names what was handed over by mistake, and the right command
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new PlanError("binary-plan", `this is a saved binary plan, not its JSON; run: ${showCommand}`);
  }
  const text = decodeText(bytes);
  if (text.trim() === "") {
    throw new PlanError("empty", `the input is empty; did the command before it fail? Run: ${showCommand}`);
  }
  const { body, warnings } = stripWrapperLines(text);
  rejectText(body);
  const json = parseJson(body);
  rejectOtherJson(json);
  return { json, warnings };
}

function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  // Without a byte order mark: JSON begins with an ASCII character, so one of its two bytes is zero.
  if (second === 0 && first !== 0) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0 && second !== 0) return new TextDecoder("utf-16be").decode(bytes);
  // A Buffer decodes plain ASCII, which plans mostly are, several times faster than TextDecoder.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** `[command]/usr/bin/terraform show …` by setup-terraform's wrapper, `::debug::…` and the like by GitHub Actions. */
const wrapperLine = /^(?:\[command\]|::)/;

function stripWrapperLines(text: string): { body: string; warnings: string[] } {
  let start = 0;
  let end = text.length;
  let stripped = 0;
  for (;;) {
    const lineEnd = text.indexOf("\n", start);
    const line = text.slice(start, lineEnd === -1 ? end : lineEnd);
    if (lineEnd === -1 || !(wrapperLine.test(line) || line.trim() === "")) break;
    if (wrapperLine.test(line)) stripped += 1;
    start = lineEnd + 1;
  }
  for (;;) {
    const lineStart = text.lastIndexOf("\n", end - 1);
    const line = text.slice(lineStart + 1, end);
    if (lineStart < start || !(wrapperLine.test(line) || line.trim() === "")) break;
    if (wrapperLine.test(line)) stripped += 1;
    end = lineStart;
  }
  const warnings =
    stripped === 0
      ? []
      : [
          `left out ${stripped} ${stripped === 1 ? "line" : "lines"} that a CI wrapper printed around the JSON; ` +
            "with hashicorp/setup-terraform set terraform_wrapper: false",
        ];
  return { body: text.slice(start, end), warnings };
}

/** The first words that `terraform plan` prints for people. */
const planText =
  /^(?:\u001b\[[0-9;]*m|[\s╷│╵])*(?:Terraform (?:used|will|has)|OpenTofu (?:used|will|has)|Acquiring state lock|No changes\.|Refreshing |An execution plan|Error:|Warning:|\S+: (?:Refreshing state|Reading|Read complete))/;

function rejectText(body: string): void {
  const start = body.trimStart();
  if (/^\{\s*"@level"/.test(start)) {
    throw new PlanError(
      "ui-log",
      `this is the log of \`terraform plan -json\`, which has no attribute values; save the plan with -out=tfplan, then run: ${showCommand}`,
    );
  }
  if (planText.test(start)) {
    throw new PlanError(
      "plan-text",
      `this is the text that \`terraform plan\` prints for people; save the plan with -out=tfplan, then run: ${showCommand}`,
    );
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    // The message of JSON.parse quotes the text around the mistake, which may be a secret: it is never passed on.
    const message = error instanceof Error ? error.message : "";
    const position = /at position (\d+)/.exec(message)?.[1];
    const end = body.trimEnd().length;
    const startsAsJson = /^\s*[[{]/.test(body);
    if (startsAsJson && (position === undefined ? /end of JSON/.test(message) : Number(position) >= end)) {
      throw new PlanError(
        "truncated",
        `the JSON ends in the middle, after ${end} characters; was the command that wrote it cut short? Run again: ${showCommand}`,
      );
    }
    throw new PlanError("not-json", `the input is not JSON; run: ${showCommand}`);
  }
}

/** Recognises other JSON documents that Terraform and its services write. */
function rejectOtherJson(json: unknown): void {
  const has = (key: string) => ownMember(json, key) !== undefined;
  if (!isJsonObject(json)) {
    throw new PlanError("not-a-plan", `this JSON is not a Terraform plan; run: ${showCommand}`);
  }
  if (has("plan_format_version")) {
    throw new PlanError(
      "redacted-plan",
      `this is the redacted plan of HCP Terraform, which leaves out the configuration; where the full plan may be read, run: ${showCommand}`,
    );
  }
  if (has("remote_plan_format")) {
    throw new PlanError(
      "remote-plan",
      `this is the bookmark of a plan that HCP Terraform keeps, not the plan; in its directory run: ${showCommand}`,
    );
  }
  if (has("provider_schemas")) {
    throw new PlanError(
      "provider-schema",
      `this is the output of \`terraform providers schema\`, not a plan; run: ${showCommand}`,
    );
  }
  if (has("lineage") && has("serial")) {
    throw new PlanError(
      "state",
      `this is a Terraform state file, not a plan; run \`terraform plan -out=tfplan\`, then: ${showCommand}`,
    );
  }
  if (has("format_version") && !has("resource_changes") && !has("planned_values") && !has("configuration")) {
    throw new PlanError(
      "state",
      "this is a state (`terraform show -json` without a plan file), not a plan; " +
        `run \`terraform plan -out=tfplan\`, then: ${showCommand}`,
    );
  }
  if (!has("format_version")) {
    throw new PlanError(
      "not-a-plan",
      `this JSON is not a Terraform plan (it has no format_version); run: ${showCommand}`,
    );
  }
}
