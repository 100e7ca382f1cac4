import { formatModule, type ModuleStep, parseTraversal } from "../plan/address.ts";
import { serviceOf } from "./service.ts";

/** Where a finding belongs. */
export interface Place {
  /** `module.a.module.b["k"]`; empty for the root module and for the plan itself. */
  readonly module: string;
  /** The AWS service; `Terraform` for the plan itself, variables, outputs and providers; `Other` where it is not known. */
  readonly service: string;
}

/** The module and service of an address as it stands in a finding; null stands for the plan itself. */
export function placeOf(address: string | null): Place {
  const steps = address === null ? null : parseTraversal(address);
  if (steps === null) return { module: "", service: address === null ? "Terraform" : "Other" };
  const path: ModuleStep[] = [];
  let at = 0;
  const nameAt = (position: number) => {
    const step = steps[position];
    return step !== undefined && "name" in step ? step.name : null;
  };
  while (nameAt(at) === "module") {
    const key = steps[at + 2];
    const hasKey = key !== undefined && "key" in key;
    path.push({ name: nameAt(at + 1) ?? "", key: hasKey ? key.key : null });
    at += hasKey ? 3 : 2;
  }
  const first = nameAt(at) ?? "";
  const type = first === "data" ? (nameAt(at + 1) ?? "") : first;
  const isTerraform = type === "var" || type === "output" || type === "provider";
  return { module: formatModule(path), service: isTerraform ? "Terraform" : (serviceOf(type) ?? "Other") };
}
