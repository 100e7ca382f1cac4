import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { registryScanTypeFact } from "./registry-scanning.ts";
import {
  bestChain,
  chainsTo,
  isComplete,
  mayListAny,
  mayScanAny,
  missingLinks,
  type RescanChain,
  type RescanFunction,
  rescanFunctions,
} from "./rescan-chains.ts";

/** What scheduled functions of the plan do for a repository. */
export function rescanFacts(repository: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const { best, others } = bestChain(chainsTo(repository, context));
  const isRescanned = best === null ? false : isComplete(best);
  return {
    isRescanned: derivedFact(isRescanned, {
      note: best === null ? "no function that the plan runs on a schedule may scan the repository" : describe(best),
    }),
    rescanIntervalDays: intervalFact(isRescanned === false ? null : best),
    hasOtherRescan: derivedFact(others),
  };
}

function describe({ lambda, trigger, missing }: RescanChain): string {
  const chain = `${trigger.resource.address} runs ${lambda.resource.address}`;
  const known = missing.filter((link) => !(link instanceof Unknown));
  return known.length === 0 ? chain : `${chain} without ${known.join(", ")}`;
}

function intervalFact(chain: RescanChain | null) {
  const days = chain?.trigger.intervalDays ?? 0;
  return derivedFact(days, {
    path: chain === null ? null : "schedule_expression",
    address: chain?.trigger.resource.address ?? null,
  });
}

/** The functions, as what may scan images again. */
export function rescanFunctionSubjects(context: JoinContext): SubjectOf<"rescan-function">[] {
  return rescanFunctions(context).map((each) => rescanFunctionSubject(each, context));
}

function rescanFunctionSubject(rescan: RescanFunction, context: JoinContext) {
  const { lambda, triggers } = rescan;
  const chains = triggers.map((trigger) => ({ lambda, trigger, missing: missingLinks(trigger) }));
  const { best, others } = bestChain(chains);
  const missing: readonly Maybe<string>[] = best?.missing ?? ["schedule"];
  const role = { path: lambda.attributes.role.path };
  return subject("rescan-function", lambda.resource, null, {
    name: lambda.attributes.function_name,
    outsideRole: derivedFact(rescan.outsideRole, role),
    grantsStartImageScan: derivedFact(mayScanAny(rescan), role),
    grantsImageListing: derivedFact(mayListAny(rescan), role),
    missingLinks: derivedFact(missing, {
      note:
        best === null ? "no rule or schedule of this plan has the function as target" : best.trigger.resource.address,
    }),
    scheduleIntervalDays: intervalFact(best),
    hasOtherSchedule: derivedFact(others),
    isOpenToEveryAccount: derivedFact(rescan.isOpenToEveryAccount, {
      note: "an aws_lambda_permission for events.amazonaws.com names neither source_arn nor source_account",
    }),
    registryScanType: registryScanTypeFact(lambda.resource, context),
  });
}
