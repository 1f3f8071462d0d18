#!/bin/bash
# sbatch slurm.sh: an array of four tasks on a shared file system.
#
# Then run: sbatch --dependency=afterany:JOB --wrap 'staticcheck merge --report json=report.json shard-*.json'
#SBATCH --job-name=scratch-ready
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-.}"

# The local disk of the node is faster than the shared one.
export GOCACHE="${GOCACHE:-${TMPDIR:-/tmp}/go-build-$(id -un)}"
exec staticcheck check --shard auto --report "json=shard-$SLURM_ARRAY_TASK_ID.json" "${@:-./...}"
