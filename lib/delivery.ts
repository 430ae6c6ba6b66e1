import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CfnDeletionPolicy, CfnResource, Duration, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CachedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  KeyValueStore,
  type PriceClass,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { edgeName } from "./names.ts";
import type { Settings } from "./settings.ts";

/** Deployed without its comments, and run unchanged by the preview server. */
const edgeSource = join(import.meta.dirname, "..", "lambda", "edge", "edge.js");

/**
 * Readers subscribe to the distribution: with another logical id, CloudFormation would make another one with another domain name.
 */
const distributionId = "DeliveryDistribution45EACD51";

/**
 * CloudFront in front of the feeds bucket, which nobody else can read. It outlives the stack: its domain name is in feeds and in
 * readers' programs.
 */
export class Delivery extends Construct {
  readonly distribution: Distribution;
  /** The edge table: the content of edge.json in the feeds bucket, where the edge function can read it. */
  readonly edgeTable: KeyValueStore;

  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly prefix: string; readonly feeds: IBucket }) {
    super(scope, id);
    const { settings, prefix, feeds } = props;
    const name = edgeName(this, settings.name);
    this.edgeTable = new KeyValueStore(this, "EdgeTable", {
      keyValueStoreName: name,
      comment: "Wireroom: moved and retired feeds, encodings, hub",
    });
    const edge = new EdgeFunction(this, "Edge", {
      functionName: name,
      comment: "Wireroom: variants, pages, moved and retired feeds",
      code: FunctionCode.fromInline(withoutComments(readFileSync(edgeSource, "utf8"))),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: this.edgeTable,
    });
    // With LIST, S3 answers 404 for an absent key. With 403, readers would believe that a feed is forbidden, and some give it up.
    const origin = S3BucketOrigin.withOriginAccessControl(feeds, {
      originAccessControl: new S3OriginAccessControl(this, "AccessControl", { originAccessControlName: name }),
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const behavior: BehaviorOptions = {
      origin,
      cachePolicy: byPathAlone(this, name),
      // OPTIONS never reaches the origin: the edge function answers the preflight of a web page that sends If-None-Match.
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      functionAssociations: [FunctionEventType.VIEWER_REQUEST, FunctionEventType.VIEWER_RESPONSE].map((eventType) => ({
        function: edge,
        eventType,
      })),
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Compressed variants are published as files: CloudFront would not compress Atom and JSON Feed, and would weaken the other
      // ETags.
      compress: false,
    };
    const page = { ...behavior, responseHeadersPolicy: safeAndShared(this, "HeadersPolicy", name, pagePolicy) };
    // A drawing (SVG) opened by itself is a document, and may contain a script.
    const media = { ...behavior, responseHeadersPolicy: safeAndShared(this, "MediaHeadersPolicy", `${name}-media`, mediaPolicy) };
    this.distribution = new Distribution(this, "Distribution", {
      comment: "Wireroom: feeds and their pages",
      ...ownNames(this, settings),
      ...(settings.webAcl === undefined ? {} : { webAclId: settings.webAcl }),
      ...(settings.priceClass === "PriceClass_All" ? {} : { priceClass: settings.priceClass as PriceClass }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // It also prevents "/" from listing the bucket, which the list permission would otherwise allow.
      defaultRootObject: "index.html",
      // Without this file, which a first run makes, CloudFront sends the error of S3.
      errorResponses: [{ httpStatus: 404, responseHttpStatus: 404, responsePagePath: "/404.html", ttl: Duration.seconds(60) }],
      defaultBehavior: page,
      additionalBehaviors: {
        "media/*": media,
        // Also below /p/<key>/: CloudFront chooses by the address that was requested.
        "*partners/*/media/*": media,
      },
    });
    (this.distribution.node.defaultChild as CfnResource).overrideLogicalId(`${prefix}${distributionId}`);
    keepAll(this);
    acknowledge(this.distribution);
  }
}

/** CloudFront counts comments too: a function has at most 10 KB. Each is on lines of its own. */
function withoutComments(source: string): string {
  return source.replaceAll(/^[ \t]*\/\/.*\n/gm, "");
}

/**
 * The parts of the distribution stay with it: CloudFront deletes nothing that a distribution uses, and the deletion of the stack
 * would fail.
 */
function keepAll(delivery: Delivery): void {
  for (const part of delivery.node.findAll()) {
    if (!(part instanceof CfnResource)) continue;
    part.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    const isDistribution = part === delivery.distribution.node.defaultChild;
    part.cfnOptions.updateReplacePolicy = isDistribution ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
  }
}

/** Only with its own certificate can a distribution require TLS 1.2 and strong ciphers. */
function ownNames(scope: Construct, { domain }: Settings): Partial<DistributionProps> {
  if (domain === undefined) return {};
  return {
    domainNames: [...domain.names],
    certificate: Certificate.fromCertificateArn(scope, "Certificate", domain.certificate),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/** One object in the cache per path. The object's own Cache-Control says how long it stays; without one, a minute. */
function byPathAlone(scope: Construct, cachePolicyName: string): CachePolicy {
  return new CachePolicy(scope, "CachePolicy", {
    cachePolicyName,
    comment: "Wireroom: the key is the path alone",
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(60),
    maxTtl: Duration.days(7),
    cookieBehavior: CacheCookieBehavior.none(),
    headerBehavior: CacheHeaderBehavior.none(),
    queryStringBehavior: CacheQueryStringBehavior.none(),
    enableAcceptEncodingGzip: false,
    enableAcceptEncodingBrotli: false,
  });
}

const pagePolicy =
  "default-src 'none'; script-src 'sha256-oEnqmDffecKX0MTuHrU5g4VKbQTZmRAEVaXQCpJ4rjc='; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The preview server sends the same policy. */
const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Pages run one script alone, which copies addresses (lambda/feeds/pages/copy-script.ts), and cannot be framed; a web page of any origin may fetch feeds. */
function safeAndShared(scope: Construct, id: string, name: string, contentSecurityPolicy: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: name,
    comment: "Wireroom: security headers, and any web page may read",
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      // Without subdomains: the other hosts of the newsroom's domain are not ours.
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
    },
    corsBehavior: {
      accessControlAllowOrigins: ["*"],
      accessControlAllowMethods: ["GET", "HEAD"],
      accessControlAllowHeaders: ["*"],
      accessControlExposeHeaders: ["ETag", "Last-Modified", "Link"],
      accessControlAllowCredentials: false,
      accessControlMaxAge: Duration.days(1),
      originOverride: true,
    },
  });
}

function acknowledge(distribution: Distribution): void {
  Validations.of(distribution).acknowledge(
    { id: "AwsSolutions-CFR1", reason: "News feeds are public and meant for readers in every country." },
    {
      id: "AwsSolutions-CFR2",
      reason:
        "Only GET, HEAD and the preflight OPTIONS are allowed; query, cookies and headers reach neither the cache key nor the origin, and the origin has only static " +
        "files in S3, so a web application firewall would have nothing to inspect. Shield Standard and the cache absorb floods.",
    },
    {
      id: "AwsSolutions-CFR3",
      reason:
        "These logs would collect the addresses of readers, which the newsroom does not need. CloudFront's metrics have requests, bytes and error rates; " +
        "for more, set accessLogs: logging of version 2, without addresses, which this rule does not see.",
    },
    {
      id: "AwsSolutions-CFR4",
      reason:
        "On CloudFront's own domain AWS fixes the minimum TLS version together with its certificate. Viewers on plain " +
        "HTTP are redirected, and HSTS is sent.",
    },
    {
      id: "@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
      reason:
        "With the list permission an absent feed is a 404. Nobody can use it to list: the root path has a default object, and no query string is " +
        "forwarded to the bucket, which contains only published files.",
    },
  );
}
