import { inFacts, link } from "./link.ts";

/** What names the detectors of GuardDuty. */
export const detectionLinks = {
  detectorFeature: link("aws_guardduty_detector_feature", "detector_id", "aws_guardduty_detector", inFacts),
  organizationConfiguration: link(
    "aws_guardduty_organization_configuration",
    "detector_id",
    "aws_guardduty_detector",
    inFacts,
  ),
  organizationFeature: link(
    "aws_guardduty_organization_configuration_feature",
    "detector_id",
    "aws_guardduty_detector",
    inFacts,
  ),
};
