import { Readable } from "node:stream";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ListedPage, objectsIn, openPage } from "../../lambda/stores/s3/s3-page.ts";
import { listObjects } from "../../lambda/stores/s3/s3-requests.ts";

const where = { Bucket: "news", Prefix: "" };

let answer = Buffer.alloc(0);
/** Every answer to it is `answer`, in two pieces. */
const client = new S3Client({
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
  requestHandler: {
    handle: async () => {
      const middle = answer.length / 2;
      return { response: { statusCode: 200, headers: {}, body: Readable.from([answer.subarray(0, middle), answer.subarray(middle)]) } };
    },
  } as never,
});

/** What a listing reads of a page, or that it cannot be read. */
const factsOf = async (body: string, send: () => Promise<ListedPage>) => {
  answer = Buffer.from(body);
  try {
    const { Contents = [], IsTruncated, KeyCount, NextContinuationToken, EncodingType } = await send();
    const objects = Contents.map(({ Key, ETag, Size }) => ({ Key, ETag, Size }));
    return { objects, IsTruncated, KeyCount, NextContinuationToken, EncodingType };
  } catch {
    return "not a page";
  }
};

/** As a listing reads it, without the SDK; undefined if it is for the SDK. */
const readPage = (body: string): ListedPage | undefined => {
  const page = openPage(Buffer.from(body));
  const Contents = page && objectsIn(page.objects);
  return page && Contents && { ...page.facts, Contents };
};

const read = (body: string) => factsOf(body, async () => (await listObjects(client, where)).read());
const readBySdk = (body: string) => factsOf(body, () => client.send(new ListObjectsV2Command(where)));

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">';
const fields = "<Name>news</Name><Prefix/><KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>";
const pageOf = (...objects: readonly string[]) => `${head}${fields}${objects.join("")}</ListBucketResult>`;
const objectOf = (inside: string) => `<Contents>${inside}</Contents>`;
const plain = (key: string) =>
  objectOf(`<Key>${key}</Key><LastModified>2026-11-23T09:00:00.000Z</LastModified><ETag>"1"</ETag><Size>5</Size>`);

test.each([
  ["S3", '<ETag>"1-2"</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>5</Size>', ""],
  ["Ceph", "<ETag>&quot;1-2&quot;</ETag><Size>5</Size>", "<Owner><ID>me</ID><DisplayName></DisplayName></Owner><Type>Normal</Type>"],
  ["MinIO", "<ETag>&#34;1-2&#34;</ETag><Size>5</Size>", "<Owner><ID>me</ID><DisplayName/></Owner><StorageClass>STANDARD</StorageClass>"],
])("an object as %s writes it is read in one pass", (_, facts, rest) => {
  const object = objectOf(`<Key>a&amp;%2B</Key><LastModified>2026-11-23T09:00:00.000Z</LastModified>${facts}${rest}`);
  const one = { Key: "a&%2B", ETag: '"1-2"', Size: 5 };
  expect(readPage(pageOf(object, object))).toEqual({ KeyCount: 2, IsTruncated: false, Contents: [one, one] });
});

test.each([
  ["in a comment", pageOf("<!--", plain("a"), "-->")],
  ["in CDATA", pageOf("<![CDATA[", plain("a"), "]]>")],
  ["in another field", pageOf("<Other>", plain("a"), "</Other>")],
  ["with a field twice", pageOf(objectOf("<Key>a</Key><Key>b</Key><ETag>1</ETag><Size>5</Size>"))],
  ["with its fields in another order", pageOf(objectOf("<Size>5</Size><ETag>1</ETag><Key>a</Key>"))],
  ["with an attribute", pageOf(plain("a").replace("<Key>", '<Key type="k">'))],
  ["with a character reference", pageOf(plain("a&#13;b"))],
  ["with an unknown reference", pageOf(plain("a&b;"))],
  ["with a line break", pageOf(plain("a\r\nb"))],
  ["with a size that is no number", pageOf(objectOf("<Key>a</Key><ETag>1</ETag><Size>-5</Size>"))],
  ["after one without ETag", pageOf(objectOf("<Key>a</Key><Size>5</Size>"), plain("b"))],
  ["before another field and one more object", pageOf(plain("a"), "<MaxKeys>9</MaxKeys>", plain("b"))],
  ["before a second answer to whether there are more", pageOf(plain("a"), "<IsTruncated>true</IsTruncated>")],
  ["and a token with a character reference", pageOf(plain("a"), "<NextContinuationToken>a&#43;b</NextContinuationToken>")],
])("a page with an object %s is left to the SDK whole", async (_, body) => {
  expect(readPage(body)).toBeUndefined();
  expect(await read(body)).toEqual(await readBySdk(body));
});

test("of any page, whole or cut, the facts are those that the SDK reads", async () => {
  const mostly = (usual: fc.Arbitrary<string>, ...odd: readonly string[]) =>
    fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
  const key = mostly(
    fc
      .array(
        fc.oneof(
          fc.constantFrom("a", "&amp;", "&quot;&lt;&gt;&apos;", "%0D+%26", "\u{1F600}"),
          fc.string({ unit: "grapheme", maxLength: 4 }),
        ),
        { maxLength: 4 },
      )
      .map((parts) => `<Key>${parts.join("").replaceAll("<", "")}</Key>`),
    ...["&#13;", "&#x41;", "&copy;", "\r\n", "\n", " ", "<![CDATA[<a>]]>", "<b/>"].map((odd) => `<Key>${odd}</Key>`),
    "",
    "<Key/>",
  );
  const etag = mostly(
    fc.constantFrom('"1"', "&quot;1&quot;", "&#34;1&#34;", "1", "").map((text) => `<ETag>${text}</ETag>`),
    "<ETag>a&amp;b</ETag>",
    "",
  );
  const size = mostly(
    fc.nat().map((size) => `<Size>${size}</Size>`),
    ...["", "05", "1e3", "9007199254740993", "-1"].map((odd) => `<Size>${odd}</Size>`),
  );
  const modified = "<LastModified>2026-11-23T09:00:00.000Z</LastModified>";
  const storage = "<StorageClass>STANDARD</StorageClass>";
  const odd = mostly(fc.constant(""), "<!-- here -->", " ", modified, storage, "<Other>1</Other>");
  const rest = fc.constantFrom("", storage, `${storage}<Owner><ID>me</ID><DisplayName/></Owner><Type>Normal</Type>`);
  const object = fc.tuple(odd, key, fc.constantFrom("", modified), etag, odd, size, rest).map((parts) => objectOf(parts.join("")));
  const prefixes = "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>";
  const between = mostly(fc.constant(""), "\n", "<!-- -->", prefixes, "<EncodingType>url</EncodingType>");
  const token = ["1/a==", "&amp;%2B", "&#43;", " a ", ""].map((text) => `<NextContinuationToken>${text}</NextContinuationToken>`);
  const last = fc.constantFrom("", prefixes, "<EncodingType>url</EncodingType>", "<KeyCount/>", "<EncodingType/>", "\n", ...token);
  const whole = fc.array(fc.tuple(between, object), { maxLength: 4 }).chain((inside) => last.map((end) => pageOf(...inside.flat(), end)));
  const page = fc
    .tuple(whole, fc.nat(), fc.nat({ max: 9 }))
    .map(([all, at, isWhole]) => (isWhole > 0 ? all : all.slice(0, at % all.length)));
  const agree = async (any: string) => {
    expect(await read(any)).toEqual(await readBySdk(any));
  };
  await fc.assert(fc.asyncProperty(page, agree), { numRuns: 100 });
});
