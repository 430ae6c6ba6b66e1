import type { Element } from "hast";
import { typeOfName } from "../../articles/links/media-type.ts";
import type { Demands } from "../profiles/profile.ts";

/** Whether a picture may stay in the body. A size that the body does not state is no reason to leave it out. */
export function isWantedImage(image: Element, demands: Demands, hosts: readonly string[]): boolean {
  if (!demands.bodyImages) return false;
  const { src, width, height } = image.properties;
  const address = String(src ?? "");
  if (!URL.canParse(address)) return false;
  const type = typeOfName(new URL(address).pathname);
  if (demands.bodyImageTypes.length > 0 && type !== undefined && !demands.bodyImageTypes.includes(type)) return false;
  if (demands.ownImages && hosts.length > 0 && !hosts.includes(new URL(address).hostname)) return false;
  return isAtLeast(width, demands.bodyImageMinWidth) && isAtLeast(height, demands.bodyImageMinHeight);
}

export function isWantedVideo(video: Element, demands: Demands): boolean {
  if (demands.bodyVideos === "none") return false;
  if (demands.bodyVideos === "any") return true;
  const sources = video.children.filter((child): child is Element => child.type === "element" && child.tagName === "source");
  const isMp4 = [video, ...sources].some(
    ({ properties }) => properties["type"] === "video/mp4" || /\.mp4(?:[?#]|$)/i.test(String(properties["src"] ?? "")),
  );
  const { width, height } = video.properties;
  return isMp4 && isAtLeast(width, demands.bodyVideoMinWidth) && isAtLeast(height, demands.bodyVideoMinHeight);
}

const isAtLeast = (stated: unknown, least: number): boolean => stated === undefined || !(Number(stated) < least);
