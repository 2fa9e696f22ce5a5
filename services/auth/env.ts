import { z } from 'zod';
import { readEnv } from '#services/kit/env.ts';
import { RegisterInput } from './register-user.ts';

const AuthEnvSchema = z
  .object({
    /** With the password: the account of an administrator, which is there from the start. */
    AUTH_ADMIN_EMAIL: RegisterInput.shape.email.optional(),
    AUTH_ADMIN_PASSWORD: RegisterInput.shape.password.optional(),
  })
  .refine(
    ({ AUTH_ADMIN_EMAIL: email, AUTH_ADMIN_PASSWORD: password }) => (email === undefined) === (password === undefined),
    {
      path: ['AUTH_ADMIN_PASSWORD'],
      error: 'set AUTH_ADMIN_EMAIL and AUTH_ADMIN_PASSWORD, or neither',
    },
  )
  .transform(({ AUTH_ADMIN_EMAIL: email, AUTH_ADMIN_PASSWORD: password }) => ({
    admin: email === undefined || password === undefined ? null : { email, password },
  }));

/** Auth's own variables. */
export function readAuthEnv(source: NodeJS.ProcessEnv = process.env): z.infer<typeof AuthEnvSchema> {
  return readEnv(AuthEnvSchema, source);
}
