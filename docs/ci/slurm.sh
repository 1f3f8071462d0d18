#!/bin/bash
# sbatch slurm.sh: an array of four tasks on a shared file system.
#
# If release.key is there (scratchcheck keygen release), stamps are signed. Then run, with --dependency=afterany:JOB:
#   scratchcheck merge --report json=report.json shard-*.json
#   scratchcheck gate --no-config --trust release.pub --require linux/amd64,linux/arm64 --max-age 1d dist
#   scratchcheck image --from dist --trust release.pub -o oci:image
#SBATCH --job-name=scratch-ready
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-.}"

# The local disk of the node is faster than the shared one.
export GOCACHE="${GOCACHE:-${TMPDIR:-/tmp}/go-build-$(id -un)}"
if [ -e release.key ]; then export SCRATCHCHECK_KEY=${SCRATCHCHECK_KEY:-release.key}; fi
exec scratchcheck check --shard auto --report "json=shard-$SLURM_ARRAY_TASK_ID.json" "${@:-./...}"
