import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COPY_SCRIPT } from "../../lambda/feeds/pages/copy-script.ts";
import { edgeSource } from "../../lambda/preview/preview-edge.ts";
import { mediaPolicy } from "../../lambda/preview/preview-file.ts";
import { addedBy, onlyOne, type Resource, readable, resourcesOf, templateOf } from "./synthesis.ts";

const template = templateOf();
const config = readable(onlyOne(template, "AWS::CloudFront::Distribution").Properties.DistributionConfig) as Record<string, unknown>;
const behavior = config.DefaultCacheBehavior as Record<string, unknown>;

describe("the distribution", () => {
  it("speaks HTTP/2 and HTTP/3, also over IPv6", () => {
    expect(config).toMatchObject({ Enabled: true, HttpVersion: "http2and3", IPV6Enabled: true });
  });

  it("has a default object, without which the list permission would show the bucket at the root", () => {
    expect(config.DefaultRootObject).toBe("index.html");
  });

  it("reads the feeds bucket, with signed requests", () => {
    expect(config.Origins).toMatchObject([
      {
        DomainName: "<FeedsBucket.RegionalDomainName>",
        OriginAccessControlId: "<DeliveryAccessControl.Id>",
        S3OriginConfig: { OriginAccessIdentity: "" },
      },
    ]);
    expect(onlyOne(template, "AWS::CloudFront::OriginAccessControl").Properties.OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: "s3",
      SigningBehavior: "always",
      SigningProtocol: "sigv4",
    });
  });

  it("accepts GET, HEAD and a preflight, over HTTPS", () => {
    expect(behavior).toMatchObject({
      AllowedMethods: ["GET", "HEAD", "OPTIONS"],
      CachedMethods: ["GET", "HEAD"],
      ViewerProtocolPolicy: "redirect-to-https",
    });
  });

  it("never compresses by itself, which would leave out Atom and weaken ETags", () => {
    expect(behavior.Compress).toBe(false);
  });

  it("sends the page for absent addresses with status 404, never with 200", () => {
    expect(config).toHaveProperty("CustomErrorResponses", [
      { ErrorCode: 404, ErrorCachingMinTTL: 60, ResponseCode: 404, ResponsePagePath: "/404.html" },
    ]);
  });
});

it("outlives the stack with all its parts, because CloudFront would not delete a part in use", () => {
  const parts = Object.entries((template.toJSON() as { readonly Resources: Record<string, Resource> }).Resources).filter(([, { Type }]) =>
    Type.startsWith("AWS::CloudFront::"),
  );
  expect(parts.length).toBeGreaterThanOrEqual(6);
  for (const [id, { DeletionPolicy }] of parts) expect([id, DeletionPolicy]).toEqual([id, "RetainExceptOnCreate"]);
  expect(onlyOne(template, "AWS::CloudFront::Distribution").UpdateReplacePolicy).toBe("Retain");
  const policies = Object.values(resourcesOf(template, "AWS::S3::BucketPolicy"));
  const readable = policies.find(({ Properties }) => JSON.stringify(Properties).includes("cloudfront.amazonaws.com"));
  expect(readable?.DeletionPolicy).toBe("RetainExceptOnCreate");
});

it("gives every CloudFront resource a name with the stack, its region and a hash, within 64 letters", () => {
  const names = (settings: Record<string, unknown>) => {
    const { Resources } = templateOf(settings).toJSON() as { readonly Resources: Record<string, Resource> };
    return Object.values(Resources).flatMap(({ Type, Properties }) => {
      const named = [Properties, ...Object.values(Properties)].find(
        (inner) => (inner as { Name?: unknown } | undefined)?.Name !== undefined,
      );
      return Type.startsWith("AWS::CloudFront::") && named !== undefined
        ? [JSON.stringify(readable((named as { Name: unknown }).Name))]
        : [];
    });
  };
  const mark = JSON.stringify(
    readable({
      "Fn::Join": [
        "",
        [
          "Wireroom-",
          { Ref: "AWS::Region" },
          "-",
          { "Fn::Select": [0, { "Fn::Split": ["-", { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] }] }] },
        ],
      ],
    }),
  );
  // A policy of headers may have 128.
  expect(names({})).toEqual([mark, mark, mark, mark, mark, mark.replace(/"$/, '-media"')]);
  for (const name of names({ stack: "Herald", stage: "test", region: "eu-central-1" })) expect(name).toContain("Herald-test-eu-central-1-");
  expect(() => templateOf({ stack: "a".repeat(41) })).toThrow("may have at most 40");
  expect(`${"a".repeat(40)}-ap-northeast-1-01234567`).toHaveLength(64);
});

describe("own domain names", () => {
  const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/6c5b3c2e-0d7f-4a55-9c6e-1f2a3b4c5d6e";
  const named = templateOf({ domain: { names: ["feeds.wire.example", "old.wire.example"], certificate } });
  const own = readable(onlyOne(named, "AWS::CloudFront::Distribution").Properties.DistributionConfig);

  it("come with their certificate, and with TLS 1.2", () => {
    expect(own).toMatchObject({
      Aliases: ["feeds.wire.example", "old.wire.example"],
      ViewerCertificate: { AcmCertificateArn: certificate, MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
    });
  });

  it.each(["xn--80ak6aa92e.xn--p1ai", "xn--bcher-kva.example", "*.news.xn--fiqs8s"])(
    "may be in another script, as DNS has them: %s",
    (host) => {
      const names = () => templateOf({ domain: { names: [host], certificate } });
      expect(onlyOne(names(), "AWS::CloudFront::Distribution").Properties.DistributionConfig).toMatchObject({ Aliases: [host] });
    },
  );

  it("are optional", () => {
    expect(config).not.toHaveProperty("Aliases");
    expect(config).not.toHaveProperty("ViewerCertificate");
  });
});

describe("the edge function", () => {
  const edge = onlyOne(template, "AWS::CloudFront::Function").Properties as {
    readonly FunctionCode: string;
    readonly FunctionConfig: Readonly<Record<string, unknown>>;
  };

  it("runs on viewer request and on viewer response", () => {
    expect(behavior.FunctionAssociations).toEqual(
      ["viewer-request", "viewer-response"].map((EventType) => ({ EventType, FunctionARN: "<DeliveryEdge.FunctionARN>" })),
    );
  });

  it("is the source that the preview server runs without its comments, and under 10 KB", () => {
    const lines = readFileSync(edgeSource, "utf8").split("\n");
    expect(edge.FunctionCode.split("\n")).toEqual(lines.filter((line) => !line.trimStart().startsWith("//")));
    expect(Buffer.byteLength(edge.FunctionCode)).toBeLessThan(10 * 1024);
  });

  it("reads the edge table, in the runtime that supports it", () => {
    expect(readable(edge.FunctionConfig)).toMatchObject({
      Runtime: "cloudfront-js-2.0",
      KeyValueStoreAssociations: [{ KeyValueStoreARN: "<DeliveryEdgeTable.Arn>" }],
    });
    onlyOne(template, "AWS::CloudFront::KeyValueStore");
  });
});

it("caches by the path alone, as long as the object says, otherwise for a minute", () => {
  expect(behavior.CachePolicyId).toBe("<DeliveryCachePolicy>");
  expect(onlyOne(template, "AWS::CloudFront::CachePolicy").Properties.CachePolicyConfig).toMatchObject({
    MinTTL: 0,
    DefaultTTL: 60,
    MaxTTL: 7 * 24 * 3600,
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: "none" },
      HeadersConfig: { HeaderBehavior: "none" },
      QueryStringsConfig: { QueryStringBehavior: "none" },
      EnableAcceptEncodingBrotli: false,
      EnableAcceptEncodingGzip: false,
    },
  });
  expect(behavior).not.toHaveProperty("OriginRequestPolicyId");
});

it("lets a drawing opened by itself run nothing, as the preview server does", () => {
  const patterns = ["media/*", "*partners/*/media/*"];
  expect(config.CacheBehaviors).toMatchObject(
    patterns.map((PathPattern) => ({ ...behavior, PathPattern, ResponseHeadersPolicyId: "<DeliveryMediaHeadersPolicy>" })),
  );
  expect(addedBy(template, "MediaHeadersPolicy")).toMatchObject({
    CorsConfig: addedBy(template).CorsConfig,
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: mediaPolicy, Override: true },
      ContentTypeOptions: { Override: true },
    },
  });
});

describe("the headers of every response", () => {
  expect(behavior.ResponseHeadersPolicyId).toBe("<DeliveryHeadersPolicy>");
  const { CorsConfig, SecurityHeadersConfig } = addedBy(template) as Record<string, Record<string, unknown>>;

  it("let any web page read, without credentials", () => {
    expect(CorsConfig).toMatchObject({
      AccessControlAllowOrigins: { Items: ["*"] },
      AccessControlAllowMethods: { Items: ["GET", "HEAD"] },
      AccessControlAllowCredentials: false,
      OriginOverride: true,
    });
  });

  it("let pages run no script but the one that copies addresses, and be framed nowhere", () => {
    expect(SecurityHeadersConfig).toMatchObject({
      ContentSecurityPolicy: { ContentSecurityPolicy: expect.stringContaining("default-src 'none'"), Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: "DENY", Override: true },
      ReferrerPolicy: { ReferrerPolicy: "strict-origin-when-cross-origin", Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 365 * 24 * 3600, Override: true },
    });
    const hash = createHash("sha256").update(COPY_SCRIPT).digest("base64");
    expect(JSON.stringify(SecurityHeadersConfig).match(/script-src[^;]*/g)).toEqual([`script-src 'sha256-${hash}'`]);
  });
});
