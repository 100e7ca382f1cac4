/** AWS's managed policies by `.config/write-managed-policies.mjs`, without the header; see `managed-policy-table.ts`. */
declare module "plimsoll:managed-policies" {
  const table: string;
  export default table;
}
