/** What a push needs. Source: ECR User Guide, "IAM permissions for pushing an image". */
export const pushActions = [
  "ecr:PutImage",
  "ecr:InitiateLayerUpload",
  "ecr:UploadLayerPart",
  "ecr:CompleteLayerUpload",
] as const;

/** What a pull needs. Source: ECR User Guide, "Private repository policy examples". */
export const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/** What changes the guards of a repository or deletes images. Source: Service Authorization Reference, Amazon ECR. */
export const administrationActions = [
  "ecr:SetRepositoryPolicy",
  "ecr:DeleteRepositoryPolicy",
  "ecr:DeleteRepository",
  "ecr:BatchDeleteImage",
  "ecr:PutImageTagMutability",
  "ecr:PutImageScanningConfiguration",
  "ecr:PutLifecyclePolicy",
  "ecr:DeleteLifecyclePolicy",
  "ecr:UpdateImageStorageClass",
  "ecr:ReplicateImage",
] as const;
