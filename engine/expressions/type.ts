import type { AttributeType, Type, Value } from "./value.ts";

export function typeOf(value: Value): Type {
  switch (value.kind) {
    case "null":
      return "dynamic";
    case "hole":
      return value.type;
    case "sequence":
      return value.of === "tuple"
        ? { kind: "tuple", elements: value.elements.map(typeOf) }
        : { kind: value.of, element: elementType(value.elements, value.element) };
    case "mapping":
      if (value.of === "map") return { kind: "map", element: elementType([...value.entries.values()], value.element) };
      return {
        kind: "object",
        attributes: new Map(
          [...value.entries].map(([name, each]) => [name, { type: typeOf(each), isOptional: false, default: null }]),
        ),
      };
    default:
      return value.kind;
  }
}

function elementType(elements: readonly Value[], given: Type | undefined): Type {
  if (given !== undefined && given !== "dynamic") return given;
  return elements.map(typeOf).find((type) => type !== "dynamic") ?? "dynamic";
}

function isPrimitive(type: Type): boolean {
  return type === "string" || type === "number" || type === "bool";
}

export function sameType(one: Type, other: Type): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  if (one.kind === "tuple") {
    return (
      other.kind === "tuple" &&
      one.elements.length === other.elements.length &&
      one.elements.every((type, at) => sameType(type, other.elements[at] ?? "dynamic"))
    );
  }
  if (one.kind === "object") {
    return (
      other.kind === "object" &&
      one.attributes.size === other.attributes.size &&
      [...one.attributes].every(([name, { type }]) => {
        const found = other.attributes.get(name);
        return found !== undefined && sameType(type, found.type);
      })
    );
  }
  return other.kind === one.kind && sameType(one.element, other.element);
}

/**
 * The type to which values of all these types can be converted; null where there is none.
 * Source: `convert.Unify` of zclconf/go-cty.
 */
export function unify(types: readonly Type[]): Type | null {
  const own = types.filter((type) => type !== "dynamic");
  const [first, ...others] = own;
  if (first === undefined) return "dynamic";
  if (others.every((type) => sameType(first, type))) return first;
  if (own.every(isPrimitive)) return own.includes("string") ? "string" : null;
  return unifyStructures(own);
}

function unifyStructures(types: readonly Type[]): Type | null {
  const kinds = new Set(types.map((type) => (typeof type === "string" ? type : type.kind)));
  const isOf = (...allowed: readonly string[]) => [...kinds].every((kind) => allowed.includes(kind));
  if (isOf("tuple")) return unifyTuples(types);
  if (isOf("object")) return unifyObjects(types);
  for (const [kind, structure] of [
    ["list", "tuple"],
    ["set", "tuple"],
    ["map", "object"],
  ] as const) {
    if (!isOf(kind, structure) && !(kind === "set" && isOf("set", "list", "tuple"))) continue;
    const element = unify(types.flatMap(partTypes));
    return element === null ? null : { kind, element };
  }
  return null;
}

/** The types of the parts of a structure. */
function partTypes(type: Type): readonly Type[] {
  if (typeof type === "string") return [];
  if (type.kind === "tuple") return type.elements;
  if (type.kind === "object") return [...type.attributes.values()].map((attribute) => attribute.type);
  return [type.element];
}

function unifyTuples(types: readonly Type[]): Type | null {
  const rows = types.map(partTypes);
  const length = rows[0]?.length ?? 0;
  if (rows.every((row) => row.length === length)) {
    const columns = Array.from({ length }, (_, at) => unify(rows.flatMap((row) => row[at] ?? [])));
    const elements = columns.filter((type) => type !== null);
    if (elements.length === length) return { kind: "tuple", elements };
  }
  const element = unify(rows.flat());
  return element === null ? null : { kind: "list", element };
}

function unifyObjects(types: readonly Type[]): Type | null {
  const objects = types.flatMap((type) =>
    typeof type !== "string" && type.kind === "object" ? [type.attributes] : [],
  );
  const names = [...(objects[0]?.keys() ?? [])];
  if (objects.every((object) => object.size === names.length && names.every((name) => object.has(name)))) {
    const attributes = new Map<string, AttributeType>();
    for (const name of names) {
      const type = unify(objects.flatMap((object) => object.get(name)?.type ?? []));
      if (type !== null) attributes.set(name, { type, isOptional: false, default: null });
    }
    if (attributes.size === names.length) return { kind: "object", attributes };
  }
  const element = unify(types.flatMap(partTypes));
  return element === null ? null : { kind: "map", element };
}
