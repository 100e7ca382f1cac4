import { attribute, block } from "./attribute.ts";
import { boolean, string } from "./schemas.ts";

export const guarddutyDetector = {
  id: attribute(string, { kind: "computed" }),
  enable: attribute(boolean, { default: true }),
};

export const guarddutyDetectorFeature = {
  detector_id: attribute(string),
  name: attribute(string),
  status: attribute(string),
  additional_configuration: block({ name: attribute(string), status: attribute(string) }),
};

/** A feature for all accounts of the organization; `auto_enable` is ALL, NEW or NONE. */
export const guarddutyOrganizationConfigurationFeature = {
  detector_id: attribute(string),
  name: attribute(string),
  auto_enable: attribute(string),
  additional_configuration: block({ name: attribute(string), auto_enable: attribute(string) }),
};

export const guarddutyOrganizationConfiguration = {
  detector_id: attribute(string),
  auto_enable_organization_members: attribute(string, { kind: "optional-computed" }),
};
