/** What a conversion did to a body, for the partner's report. */
export type BodyChanges = {
  /** `em to i`, or the name of an element whose content stayed without it. */
  readonly tags: Set<string>;
  tables: number;
  images: number;
  videos: number;
  links: number;
};

export const noChanges = (): BodyChanges => ({ tags: new Set(), tables: 0, images: 0, videos: 0, links: 0 });
