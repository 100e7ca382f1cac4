/**
 * A path with `.` and `..` resolved, without doubled slashes and without one at the end, so that no detour leads around a
 * list of paths. Windows paths get backslashes and an upper-case drive letter.
 */
export function normalisePath(path: string): string {
  const drive = /^([A-Za-z]:)[\\/]?/.exec(path);
  if (drive !== null) return `${drive[1]?.toUpperCase()}\\${segments(path.slice(drive[0].length)).join("\\")}`;
  // A named pipe of Windows (\\.\pipe\docker_engine) is no path of directories.
  if (path.startsWith("\\\\") || path.startsWith("//./")) return path.replaceAll("/", "\\");
  return path.startsWith("/") ? `/${segments(path).join("/")}` : path;
}

function segments(path: string): string[] {
  const kept: string[] = [];
  for (const segment of path.split(/[\\/]/)) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return kept;
}
