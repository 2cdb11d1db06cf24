/** The light colours of tokens.css, for files: a page's theme does not follow them. A test holds the two together. */
export const palette = {
  panel: '#fdfdfb',
  ink: '#15191d',
  'ink-2': '#434a52',
  'ink-3': '#646c75',
  rule: '#dfddd3',
  'rule-2': '#c5c2b5',
  s1: '#2154ad',
  s2: '#c96000',
  s3: '#369b83',
  s4: '#a377d8',
  s5: '#4e4201',
  s6: '#963d60',
} as const;
