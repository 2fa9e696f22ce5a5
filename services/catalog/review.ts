import { z } from 'zod';

/** What a customer thinks of a product. */
export const Review = z.object({
  id: z.uuid(),
  rating: z.int().min(1).max(5),
  text: z.string(),
  author: z.string(),
  createdAt: z.date(),
});
export type Review = z.infer<typeof Review>;

export const REVIEW_COLUMNS = ['id', 'rating', 'body as text', 'author', 'created_at as createdAt'] as const;
