import * as z from "zod";
import { attribute, block } from "./attribute.ts";

export const codebuildProject = {
  name: attribute(z.string()),
  service_role: attribute(z.string()),
  build_batch_config: block({ service_role: attribute(z.string()) }),
};
