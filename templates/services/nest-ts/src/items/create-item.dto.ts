import { z } from 'zod';

export type CreateItemDto = z.infer<typeof CreateItemSchema>;

export const CreateItemSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/, 'Postgres cannot store NUL in text'),
});
