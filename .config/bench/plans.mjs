// Makes large plans of the one in fixtures/services, which Terraform made of two services, and of two names of each type
// that no policy judges: the first of each is repeated under other names, wherever the plan speaks of it.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const service = "service-0000";
const name = "name-00000";

/**
 * @param {string} root the folder of the repository
 * @param {string} file where to write the plan to
 * @param {{ services: number, names: number }} counts how many services, of 14 resources each, and how many names, of two
 *   resources each that no policy judges
 */
export function writePlan(root, file, { services, names }) {
  const plan = readServices(root);
  const repeat = (/** @type {unknown[]} */ entries) => [
    ...copies(entries, service, services),
    ...copies(entries, name, names),
    ...entries.filter((entry) => !/service-\d|name-\d/.test(JSON.stringify(entry))),
  ];
  const { root_module: planned } = plan.planned_values;
  const { root_module: prior } = plan.prior_state.values;
  planned.resources = repeat(planned.resources);
  planned.child_modules = repeat(planned.child_modules);
  prior.child_modules = repeat(prior.child_modules);
  write(file, {
    ...plan,
    resource_changes: repeat(plan.resource_changes),
    relevant_attributes: repeat(plan.relevant_attributes),
  });
}

/**
 * The plan of a service's repository alone.
 * @param {string} root
 * @param {string} file
 */
export function writeOneResource(root, file) {
  const plan = readServices(root);
  const address = `module.service["${service}"].aws_ecr_repository.images`;
  const isIt = (/** @type {{ address: string }} */ entry) => entry.address === address;
  plan.planned_values.root_module = {
    child_modules: plan.planned_values.root_module.child_modules.flatMap((/** @type {any} */ module) => {
      const resources = module.resources.filter(isIt);
      return resources.length === 0 ? [] : [{ ...module, resources }];
    }),
  };
  write(file, {
    ...plan,
    resource_changes: plan.resource_changes.filter(isIt),
    prior_state: undefined,
    relevant_attributes: undefined,
  });
}

/** @param {string} file */
export function describePlan(file) {
  const { resource_changes: resources } = JSON.parse(readFileSync(file, "utf8"));
  return { resources: resources.length, megabytes: statSync(file).size / 1e6 };
}

/** @param {string} root */
function readServices(root) {
  return JSON.parse(readFileSync(join(root, "fixtures/services/plan.json"), "utf8"));
}

/**
 * The entries that are about the first of some, once for each of `count`.
 * @param {unknown[]} entries
 * @param {string} first ends in the digits that are counted
 * @param {number} count
 */
function copies(entries, first, count) {
  const texts = entries.map((entry) => JSON.stringify(entry)).filter((text) => text.includes(first));
  const digits = /\d+$/.exec(first)?.[0].length ?? 0;
  const prefix = first.slice(0, -digits);
  return Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(digits, "0")}`).flatMap((own) =>
    texts.map((text) => JSON.parse(text.replaceAll(first, own))),
  );
}

/**
 * @param {string} file
 * @param {unknown} plan
 */
function write(file, plan) {
  writeFileSync(file, JSON.stringify(plan));
}
