import type { Bodies } from "../../feeds/documents/document.ts";
import type { PartnerText } from "../../partners/model/partner-feed.ts";
import type { DesiredFile } from "../manifest/file.ts";

/** A page for people, an index or a partner's file, not yet rendered. */
export type Page = {
  readonly file: DesiredFile;
  /** The digests of the articles whose bodies it shows. */
  readonly bodies?: readonly string[];
  readonly text: (bodies: Bodies) => string | CheckedText;
};

/** A partner's text that was read back. */
export type CheckedText = PartnerText;

export const htmlType = "text/html; charset=utf-8";
