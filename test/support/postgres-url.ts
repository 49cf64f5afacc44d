// What global-setup.ts hands to every test file.
declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL server. */
    postgresUrl: string;
  }
}

export {};
