import { flagValue, hasFlag, listedValues, mayHoldFlags, plainWords, setting } from "./flags.ts";
import type { Run } from "./run.ts";
import { scannedImage } from "./scanned-image.ts";
import type { Word } from "./words.ts";

export const allSeverities = ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

/** What a scan of an image looks for, and whether what it finds makes it fail. */
export interface Scan {
  readonly tool: string;
  readonly finds: "vulnerabilities" | "configuration";
  /** Whether findings give an exit code; null where that is not told. */
  readonly fails: boolean | null;
  /** The severities that do; null where they are not told. */
  readonly severities: readonly string[] | null;
  /** The mildest level that does, of tools that check the configuration: info, warn or fatal; null where it is not told. */
  readonly level: string | null;
  /** Whether some findings are left out. */
  readonly leavesOut: boolean;
  /** Whether it is told not to look for root users. */
  readonly allowsRootUser: boolean;
  /** The image that it is given; null where it is given none, or that is not told. */
  readonly image: Word | null;
}

const base = {
  leavesOut: false,
  allowsRootUser: false,
  image: null,
  level: "info",
  severities: allSeverities,
} as const;

/** The scans that a command makes, by the name of its program. */
export function scansBy(program: string, run: Run): Scan[] {
  const image = scannedImage(program, run.words);
  return scansOf(program, run).map((scan) => ({ ...scan, image }));
}

function scansOf(program: string, run: Run): Scan[] {
  switch (program) {
    case "trivy":
      return trivyScans(run);
    case "dockle":
      return dockleScans(run);
    case "grype":
      return grypeScans(run);
    case "snyk":
      return snykScans(run);
    case "docker":
      return scoutScans(run);
    case "docker-bench":
    case "docker-bench-security.sh":
      return [{ ...base, tool: "docker-bench", finds: "configuration", fails: null }];
    case "hadolint":
      return hadolintScans(run);
    default:
      return [];
  }
}

/** Whether an exit code for findings is set. A setting that is not told may be any. */
function isFailing(code: string | null | undefined, run: Run): boolean | null {
  if (code === undefined) return mayHoldFlags(run.words) ? null : false;
  if (code === null) return null;
  return /^\d+$/.test(code) ? Number(code) !== 0 : null;
}

function asks(words: Run["words"], flags: readonly string[]): boolean {
  return hasFlag(words, flags) !== false;
}

const trivyTargets = new Set(["image", "i", "filesystem", "fs", "rootfs", "repository", "repo", "vm", "sbom"]);
const trivyOthers = new Set([
  "config",
  "conf",
  "kubernetes",
  "k8s",
  "aws",
  "convert",
  "server",
  "plugin",
  "version",
  "clean",
  "module",
  "registry",
  "vex",
  "completion",
  "help",
  "cloud",
]);

/**
 * Trivy exits 0 whatever it finds unless an exit code is set; a configuration file may set it. Source: Trivy documentation,
 * "Others: Exit Code", "Config file", "CLI: trivy image".
 */
function trivyScans(run: Run): Scan[] {
  const words = plainWords(run.words);
  const isOther = words.find((word) => trivyTargets.has(word) || trivyOthers.has(word));
  if (isOther !== undefined && trivyOthers.has(isOther)) return [];
  if (
    asks(run.words, [
      "--download-db-only",
      "--download-java-db-only",
      "--clear-cache",
      "--reset",
      "--version",
      "-v",
      "--help",
      "-h",
      "--list-all-pkgs-only",
    ])
  )
    return [];
  const scanners = listedValues(run.words, ["--scanners", "--security-checks"]) ?? run.variables.get("TRIVY_SCANNERS");
  const hasConfiguration = flagValue(run.words, ["--config", "-c"]) !== undefined || run.variables.has("TRIVY_CONFIG");
  const code = setting(run, ["--exit-code"], "TRIVY_EXIT_CODE");
  const fails = code === undefined && hasConfiguration ? null : isFailing(code, run);
  const scan = {
    ...base,
    tool: "trivy",
    fails,
    severities: trivySeverities(
      listedValues(run.words, ["--severity", "-s"]) ?? setting(run, ["--severity", "-s"], "TRIVY_SEVERITY"),
      hasConfiguration,
    ),
    leavesOut:
      asks(run.words, ["--ignore-unfixed"]) ||
      flagValue(run.words, ["--ignorefile", "--ignore-policy", "--ignore-status", "--vex"]) !== undefined,
  };
  const found: Scan[] = [];
  if (typeof scanners !== "string" || scanners.split(",").includes("vuln"))
    found.push({ ...scan, finds: "vulnerabilities" });
  const ofImage = listedValues(run.words, ["--image-config-scanners"]);
  if (typeof ofImage === "string" && /\b(?:misconfig|config)\b/.test(ofImage))
    found.push({ ...scan, finds: "configuration" });
  return found;
}

function trivySeverities(text: string | null | undefined, hasConfiguration: boolean): readonly string[] | null {
  if (text === undefined) return hasConfiguration ? null : allSeverities;
  return text === null
    ? null
    : text
        .toUpperCase()
        .split(",")
        .map((part) => part.trim());
}

/** Source: Dockle README, "Specify exit code", "Specify exit level", "Ignore the specified checkpoints". */
function dockleScans(run: Run): Scan[] {
  if (asks(run.words, ["--version", "-v", "--help", "-h"])) return [];
  const level = setting(run, ["--exit-level", "-l"], "DOCKLE_EXIT_LEVEL");
  const ignored = run.words.map(({ value }) => value ?? "").join(" ");
  return [
    {
      ...base,
      tool: "dockle",
      finds: "configuration",
      fails: isFailing(setting(run, ["--exit-code", "-c"], "DOCKLE_EXIT_CODE"), run),
      level: level === undefined ? "warn" : (level?.toLowerCase() ?? null),
      allowsRootUser: `${ignored} ${run.variables.get("DOCKLE_IGNORES") ?? ""}`.includes("CIS-DI-0001"),
    },
  ];
}

/** From a threshold on: `--fail-on high` fails on critical ones too. Source: Grype README, "Gating on severity found". */
function fromThreshold(threshold: string | null | undefined): readonly string[] | null {
  if (threshold === undefined) return allSeverities;
  if (threshold === null) return null;
  const at = allSeverities.map(String).indexOf(threshold.toUpperCase());
  if (at !== -1) return allSeverities.slice(at);
  return threshold.toLowerCase() === "negligible" ? allSeverities : null;
}

function grypeScans(run: Run): Scan[] {
  const [word] = plainWords(run.words);
  if (word !== undefined && ["db", "version", "completion", "help", "explain", "config"].includes(word)) return [];
  const threshold = setting(run, ["--fail-on", "-f"], "GRYPE_FAIL_ON_SEVERITY");
  const hasConfiguration = flagValue(run.words, ["--config", "-c"]) !== undefined;
  const fails =
    threshold === undefined
      ? hasConfiguration || mayHoldFlags(run.words)
        ? null
        : false
      : threshold === null
        ? null
        : true;
  const leavesOut = asks(run.words, ["--only-fixed"]) || flagValue(run.words, ["--ignore-states"]) !== undefined;
  return [{ ...base, tool: "grype", finds: "vulnerabilities", fails, severities: fromThreshold(threshold), leavesOut }];
}

/** `snyk container test` fails on what it finds without being told to. Source: Snyk CLI, "Container test: Exit codes". */
function snykScans(run: Run): Scan[] {
  const words = plainWords(run.words);
  if (words[0] !== "container" || words[1] !== "test") return [];
  const severities = fromThreshold(flagValue(run.words, ["--severity-threshold"]));
  return [{ ...base, tool: "snyk", finds: "vulnerabilities", fails: true, severities }];
}

/** `docker scout cves`. Source: Docker documentation, "docker scout cves". */
function scoutScans(run: Run): Scan[] {
  const words = plainWords(run.words);
  if (words[0] !== "scout" || words[1] !== "cves") return [];
  const only = listedValues(run.words, ["--only-severity"]);
  const severities = only === undefined ? allSeverities : (only?.toUpperCase().split(",") ?? null);
  const flag = hasFlag(run.words, ["--exit-code", "-e"]);
  const fails = flag === false && mayHoldFlags(run.words) ? null : flag;
  const leavesOut = asks(run.words, ["--only-fixed", "--ignore-base"]);
  return [{ ...base, tool: "docker-scout", finds: "vulnerabilities", fails, severities, leavesOut }];
}

/** Fails on what it finds unless it is told not to. Source: hadolint README, "CLI". */
function hadolintScans(run: Run): Scan[] {
  const noFail = hasFlag(run.words, ["--no-fail"]);
  return [{ ...base, tool: "hadolint", finds: "configuration", fails: noFail === null ? null : !noFail }];
}
