import type { SourceModule } from "../../engine/plan/source.ts";
import type { Module } from "./module.ts";
import { remembered } from "./remembered.ts";

/** The module that a call leads to; null where its source is not at hand. */
export type FindChild = (
  from: Module,
  call: string,
  names: readonly string[],
) => { readonly module: Module; readonly names: readonly string[] } | null;

/** A module as expressions see it. @param names the calls that lead to it */
export function sourceModule(module: Module, names: readonly string[], findChild: FindChild): SourceModule {
  const children = remembered((call): SourceModule | null => {
    const child = findChild(module, call, names);
    return child === null ? null : sourceModule(child.module, child.names, findChild);
  });
  return {
    directory: module.directory,
    find: (type, labels) => {
      const found = module.find({ type, labels, alias: null });
      return found?.isRead ? { file: found.base.file, line: found.base.line, body: found.body } : null;
    },
    local: module.local,
    outputs: module.outputs,
    child: children,
  };
}
