/** How often each property of an attack is tried. */
export const attackRuns = 60;
