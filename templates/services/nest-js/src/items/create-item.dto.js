import { z } from 'zod';

/** @typedef {z.infer<typeof CreateItemSchema>} CreateItemDto */

export const CreateItemSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/, 'Postgres cannot store NUL in text'),
});
