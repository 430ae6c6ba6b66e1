// The edge: a CloudFront Function (cloudfront-js-2.0) on viewer request and viewer response; the preview server runs it too. It
// is deployed without its comments and uses only what that runtime has (lint/edge.grit). Its size then stays under 10 KB.

import cf from "cloudfront";
import crypto from "crypto";

// The edge table, as published in edge.json. "site" holds settings as JSON. "partner NAME" holds who may fetch partners/NAME/ as JSON:
// methods, the header of a key, and keys, each a hash (SHA-256, base64url) and perhaps the second since 1970 at which it ends. Every
// other key is a decoded path, and its value is one of
//   200 PATH  serve another file (decoded): a customary address
//   301 URL   moved for good (as Location has it, a path below feedUrl); if both end in "/", with everything below
//   410       retired; "410 /" with everything below
const table = cf.kvs();

const nothing = "There is nothing here.\n";
const unshared = { "cache-control": "private, no-store" };
const endings = { gzip: ".gz", br: ".br" };

async function handler(event) {
  const site = await settings();
  if (event.context.eventType === "viewer-response") return answered(event.request, event.response, site);
  return asked(event.request, site);
}

// Without its table the edge still serves plain files: a reader that meets one error may stay away for days.
async function settings() {
  const written = await rowAt("site");
  return written === undefined ? { base: "/", folders: [], encodings: [] } : JSON.parse(written);
}

async function rowAt(key) {
  try {
    return await table.get(key);
  } catch (absent) {
    return undefined;
  }
}

async function asked(request, site) {
  if (request.method === "OPTIONS") return preflight();
  if (request.method !== "GET" && request.method !== "HEAD")
    return said(405, "Method Not Allowed", "Only GET and HEAD.\n", { allow: "GET, HEAD, OPTIONS" });
  let path = pathOf(request.uri, site.base);
  if (path === undefined || isHidden(path)) return said(404, "Not Found", nothing, {});
  if (site.former !== undefined && site.former.indexOf(headerOf(request, "host").toLowerCase()) >= 0)
    return moved(site.feedUrl + encoded(path).slice(1), site);
  const inPath = /^\/p\/([^/]+)(\/partners\/.+)$/.exec(path);
  if (inPath !== null) path = inPath[2];
  // In any case of letters: a disk behind the preview may not tell them apart.
  if (/^(\/p\/[^/]+)?\/partners(\/|$)/i.test(path)) {
    const refused = await refusal(request, path, inPath === null ? undefined : inPath[1]);
    if (refused !== undefined) return refused;
  }
  const rule = await ruleFor(path, site.folders);
  if (rule.status === "301") return moved(rule.target, site);
  if (rule.status === "410") return said(410, "Gone", "This was here and is gone for good.\n", { "cache-control": "public, max-age=300" });
  if (rule.status === "200") path = rule.target;
  path = fileOf(path, site.bare);
  const page = pageFor(path);
  if (page !== undefined && headerOf(request, "sec-fetch-mode") === "navigate" && request.querystring.raw === undefined) {
    return said(302, "Found", "", { location: addressOf(encoded(page), site), "cache-control": "no-store" });
  }
  request.uri = encoded(path) + (isText(path, site.bare) ? endingFor(headerOf(request, "accept-encoding"), site.encodings) : "");
  return request;
}

async function answered(request, response, site) {
  response.headers.vary = { value: "Accept-Encoding" };
  const tdm = site.tdm === undefined ? {} : site.tdm;
  Object.keys(tdm).forEach((name) => {
    response.headers[name] = { value: tdm[name] };
  });
  if (/^(\/p\/[^/]+)?\/partners\//.test(pathOf(request.uri, site.base))) {
    response.headers["cache-control"] = { value: "private, max-age=60" };
    return response;
  }
  const path = await servedPath(request.uri, site);
  const links = [];
  if (path !== undefined && site.feedUrl !== undefined && isFeed(path)) {
    links.push(`<${site.feedUrl}${encoded(path).slice(1)}>; rel="self"`);
    if (site.hub !== undefined) links.push(`<${site.hub}>; rel="hub"`);
  }
  // What a partner may do is in its contract, so its files do not come here.
  if (site.license !== undefined) links.push(`<${site.license}>; rel="license"; type="application/rsl+xml"`);
  if (links.length > 0) response.headers.link = { value: links.join(", ") };
  return response;
}

// The plain file behind a response, whether the event has the requested address or the rewritten one.
async function servedPath(uri, site) {
  const found = pathOf(uri, site.base);
  if (found === undefined) return undefined;
  const path = found.replace(/\.(gz|br)$/, "");
  if (isFeed(path) || path.split("/").length > 3) return path;
  const value = await rowAt(path);
  return value !== undefined && value.slice(0, 4) === "200 " ? value.slice(4) : path;
}

// The decoded path below feedUrl of a requested address; undefined if no file can have it.
function pathOf(uri, base) {
  if (/%(2f|5c)/i.test(uri)) return undefined;
  const inner = `${uri}/`.indexOf(base) === 0 ? `/${uri.slice(base.length)}` : uri;
  let path;
  try {
    path = decodeURIComponent(inner);
  } catch (malformed) {
    return undefined;
  }
  const broken = path.charAt(0) !== "/" || /[\u0000-\u001f\u007f\\]|\/\/|\/\.\.?(\/|$)/.test(path);
  return broken ? undefined : path;
}

// Nobody may request a compressed variant by its own name, or the table.
function isHidden(path) {
  return /\.(gz|br)$/.test(path) || path === "/edge.json";
}

// The answer to a request for a partner's file that does not show a key of the partner; undefined if it may have the file.
async function refusal(request, path, token) {
  const found = /^\/partners\/([^/]+)\/./.exec(path);
  const row = found === null ? undefined : await rowAt(`partner ${found[1]}`);
  if (row === undefined) return said(404, "Not Found", nothing, unshared);
  const name = found[1];
  const access = JSON.parse(row);
  const takes = (method) => access.methods.indexOf(method) >= 0;
  if (takes("public") && token === undefined) return undefined;
  const shown = [];
  if (token !== undefined) {
    if (takes("path")) shown.push(token);
  } else {
    const basic = takes("basic") ? /^basic +(\S+)$/i.exec(headerOf(request, "authorization")) : null;
    const pair = basic === null ? "" : Buffer.from(basic[1], "base64").toString();
    if (pair.indexOf(`${name}:`) === 0) shown.push(pair.slice(name.length + 1));
    if (takes("header")) shown.push(headerOf(request, access.header));
  }
  if (shown.some((key) => isKey(key, access.keys))) return undefined;
  if (token !== undefined || !(takes("basic") || takes("header"))) return said(404, "Not Found", nothing, unshared);
  return said(401, "Unauthorized", "This is for a partner, with its key.\n", {
    "cache-control": unshared["cache-control"],
    "www-authenticate": `${takes("basic") ? "Basic" : "ApiKey"} realm="${name}"`,
  });
}

// Compares every character of every hash, so that the time tells nothing.
function isKey(shown, keys) {
  const hash = crypto.createHash("sha256").update(shown).digest("base64url");
  const now = Date.now() / 1000;
  let fits = false;
  keys.forEach((key) => {
    let differs = 0;
    for (let i = 0; i < hash.length; i++) differs |= key.charCodeAt(i) ^ hash.charCodeAt(i);
    const ends = key.slice(hash.length);
    if (differs === 0 && (ends === "" || now < Number(ends))) fits = true;
  });
  return fits;
}

// The rule of the table for a path: its own, or that of the deepest folder around it.
async function ruleFor(path, folders) {
  const own = await rowAt(path);
  if (own !== undefined) return { status: own.slice(0, 3), target: own.slice(4) };
  const parts = path.slice(1).split("/");
  for (let i = 0; i < folders.length; i++) {
    const depth = folders[i];
    if (parts.length < depth) continue;
    const value = await rowAt(`/${parts.slice(0, depth).join("/")}/`);
    if (value !== undefined && value.charAt(value.length - 1) === "/") {
      return { status: value.slice(0, 3), target: value.slice(4) + encoded(parts.slice(depth).join("/")) };
    }
  }
  return { status: "" };
}

// A folder's file is its page, with or without the slash; if pages of articles have no file extension, only with it.
function fileOf(path, bare) {
  if (path.charAt(path.length - 1) === "/") return `${path}index.html`;
  return bare || hasEnding(path) ? path : `${path}/index.html`;
}

function hasEnding(path) {
  return /\.[^/]*$/.test(path);
}

function isFeed(path) {
  return /\/[^/]+\/(rss\.xml|atom\.xml|feed\.json)$/.test(path);
}

// The page for somebody who opens a feed in a browser: browsers show feeds as text or offer to save them. Partners have no pages.
function pageFor(path) {
  const found = /^(\/.+?)(\/archive\/\d{4}-\d\d(-\d+)?)?\/(rss\.xml|atom\.xml|feed\.json)$/.exec(path);
  return found === null || path.indexOf("/partners/") === 0 ? undefined : `${found[1]}/`;
}

// Whether a file is published with compressed variants.
function isText(path, bare) {
  return (/\.(xml|json|html|opml|txt)$/.test(path) || (bare && !hasEnding(path))) && !/^(\/partners\/[^/]+)?\/media\//.test(path);
}

// RFC 9110, 12.5.3. `published` goes from the least to the most wanted, so of equal weights the last wins, and any wins over
// none.
function endingFor(accept, published) {
  const weights = {};
  accept
    .slice(0, 1000)
    .toLowerCase()
    .split(",")
    .forEach((part) => {
      const weight = /;\s*q\s*=\s*([0-9.]+)/.exec(part);
      weights[part.split(";")[0].trim()] = weight === null ? 1 : Number(weight[1]);
    });
  if (weights.gzip === undefined) weights.gzip = weights["x-gzip"];
  let best = "";
  let most = weights.identity === undefined ? 0 : weights.identity;
  published.forEach((encoding) => {
    const weight = weights[encoding] === undefined ? weights["*"] : weights[encoding];
    if (weight > 0 && weight >= most) {
      best = endings[encoding];
      most = weight;
    }
  });
  return best;
}

function headerOf(request, name) {
  const header = request.headers[name];
  if (header === undefined) return "";
  return header.multiValue === undefined ? header.value : header.multiValue.map((one) => one.value).join(", ");
}

function moved(target, site) {
  const location = target.charAt(0) === "/" ? addressOf(target, site) : target;
  // An hour, because some browsers would otherwise keep a mistake for ever.
  return said(301, "Moved Permanently", "", { location: location, "cache-control": "public, max-age=3600" });
}

// On the requested host, so that the redirect is right for every name of the wire.
function addressOf(path, site) {
  return site.base.slice(0, -1) + path;
}

function encoded(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

// A web page that reads a feed asks first before it sends If-None-Match.
function preflight() {
  return said(204, "No Content", "", {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
  });
}

function said(status, description, text, more) {
  const headers = { "access-control-allow-origin": { value: "*" } };
  if (text !== "") headers["content-type"] = { value: "text/plain; charset=utf-8" };
  Object.keys(more).forEach((name) => {
    headers[name] = { value: more[name] };
  });
  const response = { statusCode: status, statusDescription: description, headers: headers };
  if (text !== "") response.body = { encoding: "text", data: text };
  return response;
}
