import type { Joins } from "../../joins/joins.ts";
import { anySource, firstNamersOf } from "../../joins/reverse.ts";
import { sameProvider } from "../../joins/where.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import { once } from "../../once.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { launchPoints } from "../ecs/launch-points.ts";
import { derivedFact, planPlace, type SubjectOf, subject } from "../subject.ts";

type Detector = Modelled<"aws_guardduty_detector">;

/** All detectors, and the regions in use that have none. */
export function detectorSubjects(context: JoinContext): SubjectOf<"guardduty-detector">[] {
  const hasFargateTasks = anyOf(launchPoints(context).map(({ launchTypes }) => launchTypes.isFargate.value));
  return [
    ...context.model.aws_guardduty_detector.map((detector) => detectorSubject(detector, hasFargateTasks, context)),
    ...regionsWithoutDetector(context).map((resource) => regionSubject(resource, hasFargateTasks, context)),
  ];
}

function detectorSubject(
  detector: Detector,
  hasFargateTasks: Maybe<boolean>,
  context: JoinContext,
): SubjectOf<"guardduty-detector"> {
  const { resource, attributes } = detector;
  const monitoring = runtimeMonitoring(context).get(detector);
  return subject("guardduty-detector", resource, null, {
    region: derivedFact(resource.region),
    exists: derivedFact(true),
    isEnabled: attributes.enable,
    isEnabledForOrganization: derivedFact(isEnabledForOrganization(resource, context)),
    ...organizationFacts(detector, context),
    hasFargateTasks: derivedFact(hasFargateTasks),
    hasRuntimeMonitoring: derivedFact(monitoring?.isEnabled ?? false),
    managesFargateAgent: derivedFact(monitoring?.onFargate ?? false),
    managesEc2Agent: derivedFact(monitoring?.onEc2 ?? false),
  });
}

/** A region in use without a detector, as a part of the plan itself: no resource stands for it. */
function regionSubject(
  inUse: PlanResource,
  hasFargateTasks: Maybe<boolean>,
  context: JoinContext,
): SubjectOf<"guardduty-detector"> {
  const none = derivedFact(false);
  return subject("guardduty-detector", planPlace, regionName(inUse, context), {
    region: derivedFact(inUse.region),
    exists: { ...none, note: `${inUse.address} is in this region` },
    isEnabled: none,
    isEnabledForOrganization: derivedFact(isEnabledForOrganization(inUse, context)),
    leavesMembersOff: none,
    featuresLeftOff: derivedFact([]),
    hasFargateTasks: derivedFact(hasFargateTasks),
    hasRuntimeMonitoring: none,
    managesFargateAgent: none,
    managesEc2Agent: none,
  });
}

/** The region, with its account where the plan has regions of several. */
function regionName({ region, providerKey }: PlanResource, { accounts }: JoinContext): string {
  const name = region ?? providerKey ?? "region";
  const account = accounts.get(providerKey ?? "");
  return account === undefined || new Set(accounts.values()).size < 2 ? name : `${name}/${account}`;
}

/**
 * One resource for each region that holds repositories or runs containers and has no detector in the plan. Several provider
 * configurations of a region are one, unless the plan tells that their accounts differ.
 */
function regionsWithoutDetector({ model, joins, accounts }: JoinContext): PlanResource[] {
  const accountAt = ({ providerKey }: PlanResource) => accounts.get(providerKey ?? "") ?? null;
  const isSameRegion = (one: PlanResource, other: PlanResource) =>
    one.region !== null &&
    one.region === other.region &&
    (accountAt(one) === null || accountAt(other) === null || accountAt(one) === accountAt(other));
  const inUse = [
    ...model.aws_ecr_repository,
    ...model.aws_ecs_cluster,
    ...model.aws_ecs_service,
    ...model.aws_ecs_task_definition,
  ].map(({ resource }) => resource);
  const found: PlanResource[] = [];
  for (const resource of inUse) {
    const isCovered =
      joins.beside("aws_guardduty_detector", resource).length > 0 ||
      found.some((other) => sameProvider(other, resource) || isSameRegion(other, resource));
    if (!isCovered) found.push(resource);
  }
  return found;
}

function isEnabledForOrganization(resource: PlanResource, { joins }: JoinContext): Maybe<boolean> {
  return enablesMembers(joins.beside("aws_guardduty_organization_configuration", resource));
}

/** Resources of one region have the same configurations beside them. */
const enablesMembers = once(
  (configurations: readonly Modelled<"aws_guardduty_organization_configuration">[]): Maybe<boolean> =>
    anyOf(
      configurations.map(({ attributes }) =>
        test(attributes.auto_enable_organization_members.value, (members) => members === "ALL" || members === "NEW"),
      ),
    ),
);

/** What the detector of an administrator leaves off in all accounts of the organization. */
function organizationFacts(detector: Detector, { joins }: JoinContext) {
  const isNone = (accounts: Maybe<string | null>) => test(accounts, (text) => text === "NONE");
  const features = firstNamersOf(joins.to(detector, "organizationFeature"));
  return {
    leavesMembersOff: derivedFact(
      anySource(joins.to(detector, "organizationConfiguration"), ({ attributes }) =>
        isNone(attributes.auto_enable_organization_members.value),
      ),
      { note: "by the aws_guardduty_organization_configuration resources of this plan" },
    ),
    featuresLeftOff: derivedFact(
      features.flatMap(({ source: { attributes }, names }) => {
        const name = attributes.name.value ?? new Unknown("unexpected-shape");
        const isOff = allOf([names, isNone(attributes.auto_enable.value)]);
        return isOff === true ? [name] : isOff === false ? [] : [isOff];
      }),
    ),
  };
}

/** Whether Runtime Monitoring is enabled, for the detector itself or for all accounts, and with which of its parts. */
interface RuntimeMonitoring {
  readonly isEnabled: Maybe<boolean>;
  readonly onFargate: Maybe<boolean>;
  readonly onEc2: Maybe<boolean>;
}

/** The Runtime Monitoring of each detector, settled once. */
export const runtimeMonitoring = once((context: JoinContext): ReadonlyMap<Detector, RuntimeMonitoring> => {
  const { model, joins } = context;
  return new Map(
    model.aws_guardduty_detector.map((detector) => [
      detector,
      {
        isEnabled: hasFeature(detector, null, joins),
        onFargate: hasFeature(detector, "ECS_FARGATE_AGENT_MANAGEMENT", joins),
        onEc2: hasFeature(detector, "EC2_AGENT_MANAGEMENT", joins),
      },
    ]),
  );
});

function hasFeature(detector: Detector, part: string | null, joins: Joins): Maybe<boolean> {
  return anyOf([
    anySource(joins.to(detector, "detectorFeature"), ({ attributes }) =>
      allOf([
        test(attributes.name.value, (name) => name === "RUNTIME_MONITORING"),
        test(attributes.status.value, (status) => status === "ENABLED"),
        part === null ||
          hasPart(attributes.additional_configuration.value, part, ({ status }) =>
            test(status.value, (text) => text === "ENABLED"),
          ),
      ]),
    ),
    anySource(joins.to(detector, "organizationFeature"), ({ attributes }) =>
      allOf([
        test(attributes.name.value, (name) => name === "RUNTIME_MONITORING"),
        test(attributes.auto_enable.value, (accounts) => accounts === "ALL"),
        part === null ||
          hasPart(attributes.additional_configuration.value, part, ({ auto_enable: accounts }) =>
            test(accounts.value, (text) => text === "ALL"),
          ),
      ]),
    ),
  ]);
}

function hasPart<P extends { readonly name: Attribute<string | null> }>(
  parts: Maybe<readonly Maybe<P>[]>,
  wanted: string,
  isEnabled: (part: P) => Maybe<boolean>,
): Maybe<boolean> {
  if (parts instanceof Unknown) return parts;
  return anyOf(
    parts.map((part) =>
      part instanceof Unknown ? part : allOf([test(part.name.value, (name) => name === wanted), isEnabled(part)]),
    ),
  );
}
