import type { Action } from "../../buildspec/actions.ts";
import { failsBuild, firstThatHolds, type Judged, stopsPush } from "../../buildspec/gate.ts";
import { isOwnImage } from "../../buildspec/own-image.ts";
import type { Scan } from "../../buildspec/scanners.ts";
import type { Understanding } from "../../buildspec/understand.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { derivedFact } from "../subject.ts";
import { type BuildProject, unreadOf } from "./projects.ts";

type Kind = Scan["finds"];

/** One scan of a buildspec with the command that makes it. */
interface Found {
  readonly action: Action;
  readonly scan: Scan;
  /** What is not told where it may not fail. */
  readonly doubt: string;
}

/** The scans of what is built; one of another image counts as one that never fails. */
function scansOf({ actions }: Understanding, kind: Kind): Found[] {
  return actions.flatMap((action) =>
    action.scans.filter(({ finds }) => finds === kind).map((scan) => judgedByImage({ action, scan }, actions)),
  );
}

function judgedByImage({ action, scan }: Omit<Found, "doubt">, actions: readonly Action[]): Found {
  const isOwn = scan.image === null ? true : isOwnImage(scan.image, actions);
  const fails = isOwn === true ? scan.fails : isOwn === null && scan.fails !== false ? null : false;
  const doubt =
    isOwn === null
      ? `whether ${scan.tool} scans the image that is built is unknown`
      : `whether ${scan.tool} fails on what it finds is unknown`;
  return { action, scan: { ...scan, fails }, doubt };
}

const untold = ({ run }: Action, what: string) => new Unknown("not-understood", [], `${run.place}: ${what}`);

/** What the commands scan, what makes the build fail, and which pushes do not wait for it. */
export function scanFacts({ understanding, buildspec }: BuildProject) {
  const from = { path: buildspec.path, sensitive: buildspec.sensitive };
  const told = <T>(derive: (known: Understanding) => Maybe<T>): Maybe<T> =>
    understanding instanceof Unknown ? understanding : derive(understanding);
  const stops = judge(understanding, canStopBuild);
  const pushes = judge(understanding, unguardedPushes);
  return {
    vulnerabilityScanners: derivedFact(
      told((known) => failingTools(known, "vulnerabilities")),
      { ...from, note: idleNote(understanding, "vulnerabilities") },
    ),
    failingSeverities: derivedFact(told(failingSeverities), from),
    leavesOutFindings: derivedFact(
      told((known) => scansOf(known, "vulnerabilities").some(({ scan }) => scan.leavesOut)),
      from,
    ),
    configurationScanners: derivedFact(
      told((known) => failingTools(known, "configuration")),
      { ...from, note: idleNote(understanding, "configuration") },
    ),
    configurationFailureLevel: derivedFact(told(failureLevel), from),
    allowsRootUser: derivedFact(
      told((known) => scansOf(known, "configuration").some(({ scan }) => scan.allowsRootUser)),
      from,
    ),
    failingScanners: derivedFact(
      told((known) => [...failingTools(known, "vulnerabilities"), ...failingTools(known, "configuration")]),
      from,
    ),
    scanStopsBuild: derivedFact(stops.value, { ...from, note: stops.note }),
    unguardedPushes: derivedFact(pushes.value, { ...from, note: pushes.note }),
  };
}

/** A value with how it came about. */
interface Explained<T> {
  readonly value: Maybe<T>;
  readonly note: string | null;
}

function judge<T>(understanding: Maybe<Understanding>, by: (known: Understanding) => Explained<T>): Explained<T> {
  return understanding instanceof Unknown ? { value: understanding, note: null } : by(understanding);
}

/** The tools of scans that fail on what they find; an unknown element for what may be one. */
function failingTools(understanding: Understanding, kind: Kind): Maybe<string>[] {
  const found = scansOf(understanding, kind);
  const failing = found.filter(({ scan }) => scan.fails === true).map(({ scan }) => scan.tool);
  const open = found.filter(({ scan }) => scan.fails === null).map(({ action, doubt }) => untold(action, doubt));
  return [...new Set(failing), ...open, ...understanding.unread.map(unreadOf)];
}

function idleNote(understanding: Maybe<Understanding>, kind: Kind): string | null {
  if (understanding instanceof Unknown) return null;
  const idle = scansOf(understanding, kind).filter(({ scan }) => scan.fails === false);
  if (idle.length === 0) return null;
  return idle
    .map(({ action, scan }) => {
      const isOther = scan.image !== null && isOwnImage(scan.image, understanding.actions) === false;
      const because = isOther ? `scans ${scan.image.text}, which is not built here` : "exits 0 whatever it finds";
      return `${action.run.place}: ${scan.tool} ${because}`;
    })
    .join(", ");
}

/** The severities of which a finding makes a scan fail. */
function failingSeverities(understanding: Understanding): Maybe<string>[] {
  const found = scansOf(understanding, "vulnerabilities").filter(({ scan }) => scan.fails !== false);
  const known = found.flatMap(({ scan }) => (scan.fails === true ? (scan.severities ?? []) : []));
  const open = found
    .filter(({ scan }) => scan.fails === null || scan.severities === null)
    .map(({ action }) => untold(action, "on which severities it fails is unknown"));
  return [...new Set(known), ...open, ...understanding.unread.map(unreadOf)];
}

const levels = ["info", "warn", "fatal"];

/** The mildest level of which a finding makes a scan of the configuration fail. */
function failureLevel(understanding: Understanding): Maybe<string | null> {
  const found = scansOf(understanding, "configuration").filter(({ scan }) => scan.fails !== false);
  const told = found.filter(({ scan }) => scan.fails === true && scan.level !== null);
  const mildest = levels.find((level) => told.some(({ scan }) => scan.level === level)) ?? null;
  const open = found.find(({ scan }) => scan.fails === null || scan.level === null);
  if (mildest === levels[0] || open === undefined) {
    const [unread] = understanding.unread;
    return mildest === null && unread !== undefined ? unreadOf(unread) : mildest;
  }
  return untold(open.action, "from which level on it fails is unknown");
}

const kinds: readonly Kind[] = ["vulnerabilities", "configuration"];

/** The scans that fail on what they find, or may, by what they look for. */
function gates(understanding: Understanding): { readonly found: readonly Found[] }[] {
  return kinds
    .map((kind) => ({ found: scansOf(understanding, kind).filter(({ scan }) => scan.fails !== false) }))
    .filter(({ found }) => found.length > 0);
}

/** That a scan fails is a proof only where it does; where it may, whatever follows may hold. */
function qualified({ scan, action, doubt }: Found, judged: Judged): Judged {
  return scan.fails === true || judged.holds === false
    ? judged
    : { holds: null, because: `${action.run.place}: ${doubt}` };
}

/** Whether, of each sort of scan that there is, one fails the build. */
function canStopBuild(understanding: Understanding): Explained<boolean> {
  const [open] = understanding.unread;
  if (gates(understanding).length === 0) return { value: open === undefined ? false : unreadOf(open), note: null };
  const judged = gates(understanding).map(({ found }) =>
    firstThatHolds(found.map((each) => qualified(each, failsBuild(each.action.run, understanding.buildspec)))),
  );
  return combine(judged);
}

function combine(judged: readonly Judged[]): Explained<boolean> {
  const refuted = judged.find(({ holds }) => holds === false);
  if (refuted !== undefined) return { value: false, note: refuted.because };
  const open = judged.find(({ holds }) => holds === null);
  return { value: open === undefined ? true : new Unknown("not-understood", [], open.because), note: null };
}

/** The images, as written, whose pushes do not wait for a scan of each sort that there is. */
function unguardedPushes(understanding: Understanding): Explained<Maybe<string>[]> {
  const notes = new Set<string>();
  const value = possiblePushes(understanding).flatMap((push): Maybe<string>[] => {
    const guarded = isPushGuarded(push, understanding);
    if (guarded.value === true) return [];
    if (push.images?.pushes !== true) return [untold(push, "whether it pushes an image is unknown")];
    if (guarded.value instanceof Unknown) return [guarded.value];
    if (guarded.note !== null) notes.add(guarded.note);
    return [push.images.image ?? "an image that the command does not name"];
  });
  // What cannot be read at all may push.
  const hidden = understanding.unread.filter(({ isCommand }) => !isCommand).map(unreadOf);
  return { value: [...value, ...hidden], note: notes.size === 0 ? null : [...notes].join(", ") };
}

function isPushGuarded(push: Action, understanding: Understanding): Explained<boolean> {
  const all = gates(understanding);
  const [open] = understanding.unread;
  if (all.length === 0) return { value: open === undefined ? false : unreadOf(open), note: null };
  const guard = (each: Found) => qualified(each, stopsPush(each.action.run, push.run, understanding.buildspec));
  return combine(all.map(({ found }) => firstThatHolds(found.map(guard))));
}

/** Commands that push, or may: a script that runs before anything is built has nothing to push. */
function possiblePushes({ actions }: Understanding): Action[] {
  const firstBuild = actions.find(({ images }) => images?.builds === true)?.run.order ?? -1;
  return actions.filter(({ images, isOpaque, run }) => {
    if (images !== null) return images.pushes !== false;
    return isOpaque && run.order > firstBuild;
  });
}
