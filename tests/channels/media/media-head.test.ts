import { expect, test } from "vitest";
import { typeOfHead } from "../../../lambda/channels/media/media-head.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const box = (brand: string): string => `\0\0\0\x20ftyp${brand}\0\0\0\0`;
const ogg = (codec: string): string => `OggS${"\0".repeat(24)}${codec}`;

test.each([
  ["a JPEG named .png", "\xff\xd8\xff\xe0\0\x10JFIF\0", "image/png", "image/jpeg"],
  ["a PNG named .jpg", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/jpeg", "image/png"],
  ["a GIF", "GIF89a\x01\0\x01\0", "image/jpeg", "image/gif"],
  ["a WebP named .jpg", "RIFF\x24\0\0\0WEBPVP8 ", "image/jpeg", "image/webp"],
  ["an AVIF", box("avif"), "image/jpeg", "image/avif"],
  ["an AVIF with another major brand", `${box("mif1")}mif1avifmiaf`, "image/jpeg", "image/avif"],
  ["a HEIC named .jpg, as telephones do", `${box("heic")}mif1heic`, "image/jpeg", "image/heic"],
  ["a drawing", '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "image/png", "image/svg+xml"],
  ["an MP3 with a tag", "ID3\x04\0\0", "audio/mpeg", "audio/mpeg"],
  ["an MP3 without a tag, named .wav", "\xff\xfb\x90\x64", "audio/wav", "audio/mpeg"],
  ["bare AAC named .mp3", "\xff\xf1\x50\x80", "audio/mpeg", "audio/aac"],
  ["audio in a video container, named .m4a", box("isom"), "audio/mp4", "audio/mp4"],
  ["a video named .mov", box("mp42"), "video/quicktime", "video/mp4"],
  ["a QuickTime video named .mp4", box("qt  "), "video/mp4", "video/quicktime"],
  ["audio named .mp4", box("M4A "), "video/mp4", "audio/mp4"],
  ["Opus", ogg("OpusHead"), "audio/ogg", "audio/ogg"],
  ["a video in Ogg", ogg("\x80theora"), "audio/ogg", "video/ogg"],
  ["FLAC", "fLaC\0\0\0\x22", "audio/mpeg", "audio/flac"],
  ["WAVE", "RIFF\x24\0\0\0WAVEfmt ", "audio/mpeg", "audio/wav"],
  ["WebM", "\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm", "video/mp4", "video/webm"],
  ["an unknown picture", "\x01\x02\x03\x04\x80\x90", "image/png", "image/png"],
  ["unknown audio", "what is this", "audio/mpeg", "audio/mpeg"],
])("%s is what its first bytes say", (_, head, named, type) => {
  expect(typeOfHead(bytes(head), named)).toEqual({ type });
});

test.each([
  ["a page", "\ufeff<!-- saved -->\n<!DOCTYPE html><html><svg></svg>", "image/jpeg", "a web page"],
  ["a page without a doctype", "<html lang=en>", "image/svg+xml", "a web page"],
  ["a page in place of audio", "<!doctype html>\n<title>404</title>", "audio/mpeg", "a web page"],
  ["a text answer", "404 Страница не найдена", "image/png", "text"],
  ["nothing", "", "image/png", "empty"],
  [
    "a Git LFS pointer",
    "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "video/mp4",
    "a Git LFS pointer whose file was not fetched",
  ],
  ["a PDF", "%PDF-1.7\n", "image/png", "a PDF document"],
  ["a video as a picture", "\0\0\0\x20ftypmp42", "image/jpeg", "audio or video (video/mp4)"],
  ["a picture as audio", "GIF89a", "audio/mpeg", "a picture (image/gif)"],
])("%s is not the medium that its name says", (_, head, named, unfit) => {
  const text = /[^\0-\xff]/.test(head) ? Buffer.from(head) : bytes(head);
  expect(typeOfHead(text, named)).toEqual({ unfit });
});

test("a text is text even if the head ends within a character", () => {
  expect(typeOfHead(Buffer.from(`x${"я".repeat(600)}`), "image/png")).toEqual({ unfit: "text" });
});
