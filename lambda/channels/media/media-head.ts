/** A media type; or, in a few words, what the file is instead of such a medium. */
export type HeadType = { readonly type: string } | { readonly unfit: string };

/** Enough for every signature, and for a comment before an HTML page. */
const HEAD = 1024;

/** The first bytes of files as Latin-1 text; the first match counts. From the specifications of the formats. */
const SIGNATURES: readonly (readonly [begins: RegExp, type: string])[] = [
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^\x89PNG\r\n\x1a\n/, "image/png"],
  [/^GIF8[79]a/, "image/gif"],
  [/^RIFF.{4}WEBP/s, "image/webp"],
  [/^.{4}ftyp.{0,48}avi[fs]/s, "image/avif"],
  [/^.{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)/s, "image/heic"],
  [/^(?:II\*\0|MM\0\*)/, "image/tiff"],
  [/^BM.{4}\0{4}/s, "image/bmp"],
  [/^\0\0\x01\0/, "image/vnd.microsoft.icon"],
  [/^(?:\xff\x0a|\0{3}\x0cJXL )/, "image/jxl"],
  [/^RIFF.{4}WAVE/s, "audio/wav"],
  [/^RIFF.{4}AVI /s, "video/x-msvideo"],
  [/^.{4}ftypM4[AB]/s, "audio/mp4"],
  [/^.{4}ftypqt /s, "video/quicktime"],
  [/^.{4}ftyp/s, "video/mp4"],
  [/^ID3/, "audio/mpeg"],
  [/^\xff[\xf0\xf1\xf8\xf9]/, "audio/aac"],
  [/^\xff[\xe2\xe3\xf2-\xf7\xfa-\xfd]/, "audio/mpeg"],
  [/^fLaC/, "audio/flac"],
  [/^OggS.{20,60}(?:\x80theora|\x01video)/s, "video/ogg"],
  [/^OggS/, "audio/ogg"],
  [/^\x1aE\xdf\xa3.{0,60}webm/s, "video/webm"],
  [/^\x1aE\xdf\xa3/, "video/x-matroska"],
  [/^%PDF-/, "application/pdf"],
];

const OPENING = /^(?:\ufeff|\s|<\?[^>]*>|<!--.*?-->)*/s;
const PAGE = /^<(?:!doctype html|html|head|body|title|meta|script)[\s>]/i;
const DRAWING = /^<(?:!doctype svg|(?:\w+:)?svg[\s>])/i;

/**
 * The type of a medium by its first bytes; or what the file is, if it is not what its name promises (`named`: the type by name).
 * If the bytes do not decide, the name does.
 */
export function typeOfHead(bytes: Uint8Array, named: string): HeadType {
  const head = Buffer.from(bytes.subarray(0, HEAD));
  const start = head.toString("latin1");
  const type = SIGNATURES.find(([begins]) => begins.test(start))?.[1];
  if (type !== undefined) return ofKind(type, named);
  const text = head.toString("utf8");
  const opening = text.replace(OPENING, "");
  if (PAGE.test(opening)) return { unfit: "a web page" };
  if (text.startsWith("version https://git-lfs.github.com/spec/")) return { unfit: "a Git LFS pointer whose file was not fetched" };
  if (DRAWING.test(opening)) return ofKind("image/svg+xml", named);
  // Only a drawing is a picture made of text; audio has no reliable first bytes.
  return isPicture(named) && isText(head) ? { unfit: head.length === 0 ? "empty" : "text" } : { type: named };
}

const isPicture = (type: string): boolean => type.startsWith("image/");

/** A picture fits a picture, audio or video fits audio or video; the box of MP4 and Ogg says less than a name that ends in .m4a. */
function ofKind(type: string, named: string): HeadType {
  if (type === "application/pdf") return { unfit: "a PDF document" };
  if (isPicture(type) !== isPicture(named)) return { unfit: isPicture(type) ? `a picture (${type})` : `audio or video (${type})` };
  return { type: type === "video/mp4" && named.startsWith("audio/") ? "audio/mp4" : type };
}

/** UTF-8 without controls; the end of the head may cut a character. */
function isText(head: Buffer): boolean {
  return !/[\0-\x08\x0e-\x1f\ufffd]/.test(head.toString("utf8").replace(/\ufffd+$/, ""));
}
