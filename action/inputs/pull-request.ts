import { type InputDefinitions, type InputValues, listOf } from './definition.ts'

const branchName = (value: string) =>
  /^(?![/.-])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+(?<![/.])$/.test(value) ? undefined : 'is not the name of a branch'

/** What `pull-request` reads. */
export const pullRequestInputs = {
  token: {
    type: 'text',
    secret: true,
    default: '',
    actionDefault: '${{ github.token }}',
    description:
      'Token for the GitHub API, with `contents: write` and `pull-requests: write`. In a terminal also `GITHUB_TOKEN` or `GH_TOKEN`. Checks start by themselves only for the token of an app or a person.',
  },
  branch: {
    type: 'text',
    default: '',
    description:
      'Branch of the pull request; the action’s alone. Default: `nself/update/<base>`, for a project in a folder `nself/update/<base>@<folder>`.',
    check: branchName,
  },
  base: {
    type: 'text',
    default: '',
    description: 'Branch that the pull request is for. Default: the one that the workflow runs on, else the default branch.',
    check: branchName,
  },
  title: { type: 'text', default: '', description: 'Title of the pull request. Default: says what changes.' },
  body: { type: 'text', default: '', description: 'Text of your own, put before the report in the body of the pull request.' },
  'commit-message': { type: 'text', default: '', description: 'Message of the commit. Default: the title.' },
  labels: { type: 'text', default: '', description: 'Labels of a new pull request, separated by commas or lines.' },
  assignees: { type: 'text', default: '', description: 'Users that a new pull request is assigned to.' },
  reviewers: { type: 'text', default: '', description: 'Users who are asked to review a new pull request.' },
  'team-reviewers': {
    type: 'text',
    default: '',
    description: 'Teams who are asked to review a new pull request, by their short names. `GITHUB_TOKEN` may not: use the token of an app.',
  },
  milestone: {
    type: 'text',
    default: '',
    description: 'Number of the milestone of a new pull request.',
    check: (value) => (/^[1-9]\d*$/.test(value) ? undefined : 'is not the number of a milestone'),
  },
  draft: { type: 'boolean', default: 'false', description: 'Create the pull request as a draft.' },
  signoff: { type: 'boolean', default: 'false', description: 'Add `Signed-off-by` to the commits, with the name of whose token it is.' },
  split: {
    type: ['all', 'service'],
    default: 'all',
    description:
      '`all`: one pull request. `service`: updates of templates come in one of their own per service (`<branch>--<service>`); new services and generated files stay together.',
  },
  environments: {
    type: 'text',
    default: '',
    description: 'Further environments whose `deploy/<environment>/` is kept up to date in the same pull request: `staging,production`.',
  },
} as const satisfies InputDefinitions

export interface PullRequestInputs {
  readonly token: string
  /** '' for the default. */
  readonly branch: string
  readonly base: string
  readonly title: string
  readonly body: string
  readonly commitMessage: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  readonly reviewers: readonly string[]
  readonly teamReviewers: readonly string[]
  readonly milestone: string
  readonly draft: boolean
  readonly signoff: boolean
  readonly split: 'all' | 'service'
  readonly environments: readonly string[]
}

export function readPullRequestInputs({ text, isTrue }: InputValues<keyof typeof pullRequestInputs>): PullRequestInputs {
  return {
    token: text('token'),
    branch: text('branch'),
    base: text('base'),
    title: text('title'),
    body: text('body'),
    commitMessage: text('commit-message'),
    labels: listOf(text('labels')),
    assignees: listOf(text('assignees')),
    reviewers: listOf(text('reviewers')),
    teamReviewers: listOf(text('team-reviewers')),
    milestone: text('milestone'),
    draft: isTrue('draft'),
    signoff: isTrue('signoff'),
    split: text('split') as PullRequestInputs['split'],
    environments: listOf(text('environments')),
  }
}
