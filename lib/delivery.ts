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
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { edgeName } from "./edge-name.ts";
import type { Settings } from "./settings.ts";

/** Deployed as it stands, and run as it stands by the preview server. */
const edgeSource = join(import.meta.dirname, "..", "lambda", "edge", "edge.js");

/** The distribution is what readers subscribe to: under another logical id CloudFormation would make another one, of another name. */
const distributionId = "DeliveryDistribution45EACD51";

/** CloudFront before the feeds bucket, which nobody else can read. It outlives the stack: its name stands in feeds and in readers' programs. */
export class Delivery extends Construct {
  readonly distribution: Distribution;
  /** The edge table: what edge.json of the feeds bucket says, where the edge function can read it. */
  readonly edgeTable: KeyValueStore;

  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly feeds: Bucket }) {
    super(scope, id);
    // CDK's classes leave `undefined` out of their interfaces' optional members, which exactOptionalPropertyTypes minds.
    const feeds = props.feeds as IBucket;
    const name = edgeName(this);
    this.edgeTable = new KeyValueStore(this, "EdgeTable", {
      keyValueStoreName: name,
      comment: "Wireroom: moved and retired feeds, encodings, hub",
    });
    const edge = new EdgeFunction(this, "Edge", {
      functionName: name,
      comment: "Wireroom: variants, pages, moved and retired feeds",
      code: FunctionCode.fromFile({ filePath: edgeSource }),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: this.edgeTable,
    });
    // LIST makes S3 answer 404 for an absent key. With 403 readers would believe that a feed is forbidden, and some give it up.
    const origin = S3BucketOrigin.withOriginAccessControl(feeds, {
      originAccessControl: new S3OriginAccessControl(this, "AccessControl", { originAccessControlName: name }),
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const behavior: BehaviorOptions = {
      origin,
      cachePolicy: byPathAlone(this),
      // OPTIONS never reaches the origin: the edge function answers the preflight of a reader that sends If-None-Match from a web page.
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      functionAssociations: [FunctionEventType.VIEWER_REQUEST, FunctionEventType.VIEWER_RESPONSE].map((eventType) => ({
        function: edge,
        eventType,
      })),
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Compressed variants are published as files: CloudFront would leave out Atom and JSON Feed and weaken the other ETags.
      compress: false,
    };
    this.distribution = new Distribution(this, "Distribution", {
      comment: "Wireroom: feeds and their pages",
      ...ownNames(this, props.settings),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Also what keeps "/" from being a listing of the bucket, which the right to list would otherwise make of it.
      defaultRootObject: "index.html",
      defaultBehavior: { ...behavior, responseHeadersPolicy: safeAndShared(this, "HeadersPolicy", name, pagePolicy) },
      // A drawing (SVG) that somebody opens by itself is a document, and may have come with a script.
      additionalBehaviors: {
        "media/*": { ...behavior, responseHeadersPolicy: safeAndShared(this, "MediaHeadersPolicy", `${name}-media`, mediaPolicy) },
      },
    });
    (this.distribution.node.defaultChild as CfnResource).overrideLogicalId(distributionId);
    keepAll(this);
    acknowledge(this.distribution);
  }
}

/** What the distribution is made of stays with it: CloudFront deletes nothing that a distribution uses, and the stack's deletion would fail. */
function keepAll(delivery: Delivery): void {
  for (const part of delivery.node.findAll()) {
    if (!(part instanceof CfnResource)) continue;
    part.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    const isDistribution = part === delivery.distribution.node.defaultChild;
    part.cfnOptions.updateReplacePolicy = isDistribution ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
  }
}

/** TLS 1.2 and its good ciphers alone can be asked for only with a certificate of one's own. */
function ownNames(scope: Construct, { domain }: Settings): Partial<DistributionProps> {
  if (domain === undefined) return {};
  return {
    domainNames: [...domain.names],
    certificate: Certificate.fromCertificateArn(scope, "Certificate", domain.certificate),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/** One object in the cache per path. How long it stays is what the object's own Cache-Control says; a minute where it says nothing. */
function byPathAlone(scope: Construct): CachePolicy {
  return new CachePolicy(scope, "CachePolicy", {
    cachePolicyName: edgeName(scope),
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
  "default-src 'none'; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The preview server sends the same. */
const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Pages that run no script and stand in nobody's frame; feeds that a reader in any web page may fetch. */
function safeAndShared(scope: Construct, id: string, name: string, contentSecurityPolicy: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: name,
    comment: "Wireroom: security headers, and any web page may read",
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      // Without subdomains: the other hosts of a newsroom's domain are not ours to bind.
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
        "Only GET, HEAD and the preflight OPTIONS are taken; query, cookies and headers reach neither the cache key nor the origin, and what lies behind is static " +
        "files in S3: there is nothing for a web application firewall to inspect. Floods are met by Shield Standard and the cache.",
    },
    {
      id: "AwsSolutions-CFR3",
      reason:
        "These logs would gather the addresses of readers, which the newsroom has no use for. Requests, bytes and error rates come from CloudFront's metrics; " +
        "who wants more sets accessLogs: logging of version 2, without addresses, which this rule does not see.",
    },
    {
      id: "AwsSolutions-CFR4",
      reason:
        "On CloudFront's own domain the minimum TLS version cannot be chosen: AWS sets it together with its certificate. Viewers on plain " +
        "HTTP are redirected, and HSTS is sent.",
    },
    {
      id: "@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
      reason:
        "The right to list makes an absent feed a 404. Nobody can use it to list: the root path has a default object, and no query string is " +
        "forwarded to the bucket, which holds only what is published.",
    },
  );
}
