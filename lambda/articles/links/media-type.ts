/** Media types of files in articles, by extension. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  svg: "image/svg+xml",
  ico: "image/vnd.microsoft.icon",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  aac: "audio/aac",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  flac: "audio/flac",
  mp4: "video/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  pdf: "application/pdf",
  css: "text/css",
};

/** The media type of a path or file name, by extension; undefined if unknown. */
export function typeOfName(name: string): string | undefined {
  const ending = /\.([a-z0-9]{2,4})$/i.exec(name)?.[1]?.toLowerCase();
  return ending === undefined || !Object.hasOwn(TYPES, ending) ? undefined : TYPES[ending];
}

/** The same, only for pictures, sounds and videos, which are published with an article. */
export function mediaTypeOfName(name: string): string | undefined {
  const type = typeOfName(name);
  return type === undefined || !/^(?:image|audio|video)\//.test(type) ? undefined : type;
}

/** Extensions of picture and video types that few browsers show. */
const OTHERS: Readonly<Record<string, string>> = {
  "image/heic": "heic",
  "image/tiff": "tiff",
  "image/bmp": "bmp",
  "image/jxl": "jxl",
  "video/ogg": "ogv",
  "video/x-msvideo": "avi",
  "video/x-matroska": "mkv",
};

/** The extension for a media type: the name's own if it fits that type. With its dot, in lower case; "" if unknown. */
export function endingOf(name: string, type: string): string {
  const own = /\.[A-Za-z0-9]+$/.exec(name)?.[0].toLowerCase() ?? "";
  if (typeOfName(name) === type) return own;
  const customary = Object.entries(TYPES).find(([, one]) => one === type)?.[0] ?? OTHERS[type];
  return customary === undefined ? own : `.${customary}`;
}
