/** The services in whose names all words of the text are found, wherever and in whatever case. */
export function filterServices<T extends { service: string }>(services: readonly T[], text: string): readonly T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return services;
  return services.filter(({ service }) => {
    const name = service.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}
