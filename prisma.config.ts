import { defineConfig } from 'prisma/config';

// Only for those who can download Prisma's engine and want its CLI; the product migrates with server/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
