import type { Result } from "../../reports/diagnosis.ts";

export const fine = (check: string, message: string): Result => ({ check, level: "fine", message });
export const advice = (check: string, message: string, hint: string): Result => ({ check, level: "advice", message, hint });
export const faulty = (check: string, message: string, hint: string): Result => ({ check, level: "problem", message, hint });

/** "NetNewsWire, Feedly and 2 more". */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
