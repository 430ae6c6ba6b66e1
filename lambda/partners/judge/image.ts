import type { Image } from "../../articles/model/article.ts";
import type { Demands } from "../profiles/profile.ts";
import type { RuleName } from "../profiles/rule-names.ts";
import type { Terms } from "../profiles/terms.ts";
import type { DecisionLog } from "./decision-log.ts";

/** The lead picture, if the partner takes it. A size or a type that nobody knows breaks no rule. */
export function judgeImage(image: Image | undefined, { demands }: Terms, log: DecisionLog): Image | undefined {
  if (demands.imageElements.length === 0) return undefined;
  const found = image === undefined ? undefined : withoutWrongOne(image, demands, log);
  const wants = demands.imageMinWidth + demands.imageShortSide + demands.imageAdvisedWidth > 0;
  if (found === undefined && wants)
    log.breaks("image-missing", image === undefined ? "The article has no picture of its own." : "No picture is left.");
  if (found?.width !== undefined && found.width < demands.imageAdvisedWidth)
    log.breaks("image-advised", `The picture is ${found.width} pixels wide; the partner advises ${demands.imageAdvisedWidth}.`);
  return found;
}

function withoutWrongOne(image: Image, demands: Demands, log: DecisionLog): Image | undefined {
  const faults = faultsOf(image, demands);
  for (const [rule, reason] of faults) log.breaks(rule, reason);
  return faults.some(([rule]) => log.remedy(rule) !== "note") ? undefined : image;
}

function faultsOf({ width, height, bytes, type }: Image, demands: Demands): readonly (readonly [RuleName, string])[] {
  const size = `${width ?? "?"} × ${height ?? "?"} pixels`;
  const faults: (readonly [RuleName, string])[] = [];
  if ((width ?? Number.POSITIVE_INFINITY) < demands.imageMinWidth || (height ?? Number.POSITIVE_INFINITY) < demands.imageMinHeight)
    faults.push([
      "image-too-small",
      `The picture has ${size}; at least ${demands.imageMinWidth || "any"} × ${demands.imageMinHeight || "any"} are wanted.`,
    ]);
  if (width !== undefined && height !== undefined && Math.min(width, height) < demands.imageShortSide)
    faults.push(["image-too-small", `The picture has ${size}; its short side must have ${demands.imageShortSide}.`]);
  if (demands.imageBytes > 0 && bytes !== undefined && bytes > demands.imageBytes)
    faults.push(["image-too-large", `The picture has ${bytes} bytes; at most ${demands.imageBytes} are taken.`]);
  if (demands.imageTypes.length > 0 && type !== undefined && !demands.imageTypes.includes(type))
    faults.push(["image-type", `The picture is ${type}; taken are ${demands.imageTypes.join(", ")}.`]);
  if (width !== undefined && height !== undefined && height > 0) {
    const ratio = width / height;
    const { imageMinRatio: least, imageMaxRatio: most } = demands;
    if (ratio < least || (most > 0 && ratio > most))
      faults.push(["image-ratio", `The picture has ${size}, a ratio that the partner does not take.`]);
  }
  return faults;
}
