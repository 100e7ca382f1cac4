import * as z from "zod";
import { attribute, block } from "./attribute.ts";

export const guarddutyDetector = {
  id: attribute(z.string(), { kind: "computed" }),
  enable: attribute(z.boolean(), { default: true }),
};

export const guarddutyDetectorFeature = {
  detector_id: attribute(z.string()),
  name: attribute(z.string()),
  status: attribute(z.string()),
  additional_configuration: block({ name: attribute(z.string()), status: attribute(z.string()) }),
};

/** A feature for all accounts of the organization; `auto_enable` is ALL, NEW or NONE. */
export const guarddutyOrganizationConfigurationFeature = {
  detector_id: attribute(z.string()),
  name: attribute(z.string()),
  auto_enable: attribute(z.string()),
  additional_configuration: block({ name: attribute(z.string()), auto_enable: attribute(z.string()) }),
};

export const guarddutyOrganizationConfiguration = {
  auto_enable_organization_members: attribute(z.string(), { kind: "optional-computed" }),
};
