import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
    )
    op.create_table("charges", sa.Column("id", sa.BigInteger, primary_key=True))


def downgrade():
    op.drop_table("charges")
    op.drop_table("reports")
